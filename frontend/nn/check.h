/// Checks in headers: a template of the library's is compiled with the user's program, but its own
/// line is no line of the user's.
#pragma once
#include "frontend/tensor/tensor.h"

/// Throws unless `condition`, at `where`: the user's line, or none.
#define WEFT_CHECK_AT(where, condition, ...)                                        \
  do {                                                                              \
    if (!(condition))                                                               \
      ::c10::detail::fail<::c10::Error>(#condition, (where).file(), (where).line(), \
                                        ##__VA_ARGS__);                             \
  } while (false)

#pragma once
// Registering ops with a dispatcher has no counterpart here; sources that include this still compile.
#include <ATen/ATen.h>

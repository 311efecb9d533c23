# find_package(Weft) gives the target Weft::weft.
get_filename_component(WEFT_PREFIX "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
if(NOT TARGET Weft::weft)
  add_library(Weft::weft SHARED IMPORTED)
  set_target_properties(Weft::weft PROPERTIES
    IMPORTED_LOCATION "${WEFT_PREFIX}/lib/libweft.so"
    IMPORTED_SONAME libweft.so
    INTERFACE_INCLUDE_DIRECTORIES "${WEFT_PREFIX}/include"
    INTERFACE_COMPILE_FEATURES cxx_std_17)
endif()

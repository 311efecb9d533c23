/// `WEFT_COMPILED_ONCE class Cloneable<LinearImpl>;`: an instance of a template that the library
/// compiles, so that the programs that include its header need not. The package's
/// compiled_once.cpp defines WEFT_COMPILES_ONCE and includes the headers.
#pragma once
#ifdef WEFT_COMPILES_ONCE
#define WEFT_COMPILED_ONCE template
#else
#define WEFT_COMPILED_ONCE extern template
#endif

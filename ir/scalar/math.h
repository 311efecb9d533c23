// Every scalar function of the system. One formula each, for all tiers (design.md, Determinism).
#pragma once

#include "ir/scalar/erf.h"
#include "ir/scalar/exp.h"
#include "ir/scalar/hyperbolic.h"
#include "ir/scalar/inverse_hyperbolic.h"
#include "ir/scalar/inverse_trig.h"
#include "ir/scalar/log.h"
#include "ir/scalar/pow.h"
#include "ir/scalar/root.h"
#include "ir/scalar/trig.h"

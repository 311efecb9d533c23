/// Everything that a program needs. Names are libtorch's; `weft` is another name for the namespace
/// `torch`.
#pragma once
#include <torch/types.h>
#include <torch/version.h>

#include "frontend/data/data.h"
#include "frontend/nn/nn.h"
#include "frontend/optim/optim.h"
#include "frontend/record/eval.h"
#include "frontend/record/ledger.h"
#include "frontend/serialize/safetensors.h"
#include "frontend/serialize/serialize.h"
#include "frontend/tensor/autocast.h"
#include "frontend/torch/containers.h"
#include "frontend/torch/context.h"
#include "frontend/torch/device_guard.h"
#include "frontend/torch/irange.h"
#include "frontend/torch/std.h"
#include "frontend/torch/tempfile.h"
#include "frontend/torch/traits.h"
#include "frontend/torch/utils.h"

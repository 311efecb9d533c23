/// Tensors and their gradients: what programs take from libtorch's header of this name when they
/// have no scripts. There is no TorchScript here.
#pragma once
#include <torch/autograd.h>
#include <torch/types.h>

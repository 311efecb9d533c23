// The whole op table, in the order of the families.
include "ir/tensor/elementwise.td"
include "ir/tensor/reduction.td"
include "ir/tensor/contraction.td"
include "ir/tensor/window.td"
include "ir/tensor/view.td"
include "ir/tensor/indexing.td"
include "ir/tensor/creation.td"
include "ir/tensor/control.td"

// Kernels do not grow without end: 200 ops are the most that one computes.
// RUN: python3 -c "t = 'tensor<64xf32>'; print('func.func @main(%%v0: ' + t + ') -> ' + t + ' {'); [print('%%v' + str(i + 1) + ' = weft.tanh %%v' + str(i) + ' : (' + t + ') -> ' + t) for i in range(450)]; print('return %%v450 : ' + t + ' }')" | weft-opt --fuse | FileCheck %s
// CHECK-COUNT-3: weft.kernel "map"
// CHECK-NOT: weft.kernel

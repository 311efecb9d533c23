// weft::repr prints what Python's torch 2.15 prints.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>

namespace {
TEST(Repr, AsPython) {
  const torch::Tensor x = torch::tensor({{1., 2.}, {3., 4.}}).requires_grad_();
  EXPECT_EQ(torch::repr(torch::tensor({{1., 2.}, {3., 4.}})), R"(tensor([[1., 2.],
        [3., 4.]]))");
  EXPECT_EQ(torch::repr(x), R"(tensor([[1., 2.],
        [3., 4.]], requires_grad=True))");
  EXPECT_EQ(torch::repr(x + 1), R"(tensor([[2., 3.],
        [4., 5.]], grad_fn=<AddBackward1>))");
  EXPECT_EQ(torch::repr((x * 2.5).t()), R"(tensor([[ 2.5000,  7.5000],
        [ 5.0000, 10.0000]], grad_fn=<TBackward0>))");
  EXPECT_EQ(torch::repr(torch::tensor({0.5, -1.25, 100.125})), R"(tensor([  0.5000,  -1.2500, 100.1250]))");
  EXPECT_EQ(torch::repr(torch::tensor({1e-5, 1.0, 1000.0})), R"(tensor([1.0000e-05, 1.0000e+00, 1.0000e+03]))");
  EXPECT_EQ(torch::repr(torch::tensor({1e9, 2.0})), R"(tensor([1.0000e+09, 2.0000e+00]))");
  EXPECT_EQ(torch::repr(torch::tensor({1e-7, 2e-7})), R"(tensor([1.0000e-07, 2.0000e-07]))");
  EXPECT_EQ(torch::repr(torch::tensor({NAN, INFINITY, -INFINITY, 1.f})), R"(tensor([nan, inf, -inf, 1.]))");
  EXPECT_EQ(torch::repr(torch::tensor({NAN, INFINITY, 1.5f})), R"(tensor([   nan,    inf, 1.5000]))");
  EXPECT_EQ(torch::repr(torch::tensor({NAN, 0.f})), R"(tensor([nan, 0.]))");
  EXPECT_EQ(torch::repr(torch::tensor(3.14159)), R"(tensor(3.1416))");
  EXPECT_EQ(torch::repr(torch::tensor(7)), R"(tensor(7))");
  EXPECT_EQ(torch::repr(torch::tensor(2.0).requires_grad_()), R"(tensor(2., requires_grad=True))");
  EXPECT_EQ(torch::repr(torch::arange(30)), R"(tensor([ 0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, 15, 16, 17,
        18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29]))");
  EXPECT_EQ(torch::repr(torch::arange(3, torch::kInt)), R"(tensor([0, 1, 2], dtype=torch.int32))");
  EXPECT_EQ(torch::repr(torch::tensor({true, false})), R"(tensor([ True, False]))");
  EXPECT_EQ(torch::repr(torch::tensor({1.5, 2.25}, torch::kDouble)), R"(tensor([1.5000, 2.2500], dtype=torch.float64))");
  EXPECT_EQ(torch::repr(torch::tensor({{200, 7}}, torch::kByte)), R"(tensor([[200,   7]], dtype=torch.uint8))");
  EXPECT_EQ(torch::repr(torch::zeros({0})), R"(tensor([]))");
  EXPECT_EQ(torch::repr(torch::zeros({2, 0})), R"(tensor([], size=(2, 0)))");
  EXPECT_EQ(torch::repr(torch::zeros({0}, torch::kLong)), R"(tensor([], dtype=torch.int64))");
  EXPECT_EQ(torch::repr(torch::zeros({0, 3}, torch::kDouble)), R"(tensor([], size=(0, 3), dtype=torch.float64))");
  EXPECT_EQ(torch::repr(torch::arange(24.).reshape({2, 3, 4})), R"(tensor([[[ 0.,  1.,  2.,  3.],
         [ 4.,  5.,  6.,  7.],
         [ 8.,  9., 10., 11.]],

        [[12., 13., 14., 15.],
         [16., 17., 18., 19.],
         [20., 21., 22., 23.]]]))");
  EXPECT_EQ(torch::repr(torch::arange(8).reshape({2, 1, 2, 2})), R"(tensor([[[[0, 1],
          [2, 3]]],


        [[[4, 5],
          [6, 7]]]]))");
  EXPECT_EQ(torch::repr(torch::arange(1001)), R"(tensor([   0,    1,    2,  ...,  998,  999, 1000]))");
  EXPECT_EQ(torch::repr(torch::arange(10000.).reshape({100, 100})), R"(tensor([[0.0000e+00, 1.0000e+00, 2.0000e+00,  ..., 9.7000e+01, 9.8000e+01,
         9.9000e+01],
        [1.0000e+02, 1.0100e+02, 1.0200e+02,  ..., 1.9700e+02, 1.9800e+02,
         1.9900e+02],
        [2.0000e+02, 2.0100e+02, 2.0200e+02,  ..., 2.9700e+02, 2.9800e+02,
         2.9900e+02],
        ...,
        [9.7000e+03, 9.7010e+03, 9.7020e+03,  ..., 9.7970e+03, 9.7980e+03,
         9.7990e+03],
        [9.8000e+03, 9.8010e+03, 9.8020e+03,  ..., 9.8970e+03, 9.8980e+03,
         9.8990e+03],
        [9.9000e+03, 9.9010e+03, 9.9020e+03,  ..., 9.9970e+03, 9.9980e+03,
         9.9990e+03]]))");
  EXPECT_EQ(torch::repr(torch::arange(8000).reshape({20, 20, 20})), R"(tensor([[[   0,    1,    2,  ...,   17,   18,   19],
         [  20,   21,   22,  ...,   37,   38,   39],
         [  40,   41,   42,  ...,   57,   58,   59],
         ...,
         [ 340,  341,  342,  ...,  357,  358,  359],
         [ 360,  361,  362,  ...,  377,  378,  379],
         [ 380,  381,  382,  ...,  397,  398,  399]],

        [[ 400,  401,  402,  ...,  417,  418,  419],
         [ 420,  421,  422,  ...,  437,  438,  439],
         [ 440,  441,  442,  ...,  457,  458,  459],
         ...,
         [ 740,  741,  742,  ...,  757,  758,  759],
         [ 760,  761,  762,  ...,  777,  778,  779],
         [ 780,  781,  782,  ...,  797,  798,  799]],

        [[ 800,  801,  802,  ...,  817,  818,  819],
         [ 820,  821,  822,  ...,  837,  838,  839],
         [ 840,  841,  842,  ...,  857,  858,  859],
         ...,
         [1140, 1141, 1142,  ..., 1157, 1158, 1159],
         [1160, 1161, 1162,  ..., 1177, 1178, 1179],
         [1180, 1181, 1182,  ..., 1197, 1198, 1199]],

        ...,

        [[6800, 6801, 6802,  ..., 6817, 6818, 6819],
         [6820, 6821, 6822,  ..., 6837, 6838, 6839],
         [6840, 6841, 6842,  ..., 6857, 6858, 6859],
         ...,
         [7140, 7141, 7142,  ..., 7157, 7158, 7159],
         [7160, 7161, 7162,  ..., 7177, 7178, 7179],
         [7180, 7181, 7182,  ..., 7197, 7198, 7199]],

        [[7200, 7201, 7202,  ..., 7217, 7218, 7219],
         [7220, 7221, 7222,  ..., 7237, 7238, 7239],
         [7240, 7241, 7242,  ..., 7257, 7258, 7259],
         ...,
         [7540, 7541, 7542,  ..., 7557, 7558, 7559],
         [7560, 7561, 7562,  ..., 7577, 7578, 7579],
         [7580, 7581, 7582,  ..., 7597, 7598, 7599]],

        [[7600, 7601, 7602,  ..., 7617, 7618, 7619],
         [7620, 7621, 7622,  ..., 7637, 7638, 7639],
         [7640, 7641, 7642,  ..., 7657, 7658, 7659],
         ...,
         [7940, 7941, 7942,  ..., 7957, 7958, 7959],
         [7960, 7961, 7962,  ..., 7977, 7978, 7979],
         [7980, 7981, 7982,  ..., 7997, 7998, 7999]]]))");
  EXPECT_EQ(torch::repr(torch::arange(40.) / 7), R"(tensor([0.0000, 0.1429, 0.2857, 0.4286, 0.5714, 0.7143, 0.8571, 1.0000, 1.1429,
        1.2857, 1.4286, 1.5714, 1.7143, 1.8571, 2.0000, 2.1429, 2.2857, 2.4286,
        2.5714, 2.7143, 2.8571, 3.0000, 3.1429, 3.2857, 3.4286, 3.5714, 3.7143,
        3.8571, 4.0000, 4.1429, 4.2857, 4.4286, 4.5714, 4.7143, 4.8571, 5.0000,
        5.1429, 5.2857, 5.4286, 5.5714]))");
  EXPECT_EQ(torch::repr((torch::arange(12.) / 7).requires_grad_() * 2), R"(tensor([0.0000, 0.2857, 0.5714, 0.8571, 1.1429, 1.4286, 1.7143, 2.0000, 2.2857,
        2.5714, 2.8571, 3.1429], grad_fn=<MulBackward1>))");
  EXPECT_EQ(torch::repr((torch::arange(9.) / 7).requires_grad_() * 2), R"(tensor([0.0000, 0.2857, 0.5714, 0.8571, 1.1429, 1.4286, 1.7143, 2.0000, 2.2857],
       grad_fn=<MulBackward1>))");
  EXPECT_EQ(torch::repr(torch::tensor({-1., 2.})), R"(tensor([-1.,  2.]))");
  EXPECT_EQ(torch::repr(torch::full({16}, 2.5).requires_grad_().exp()), R"(tensor([12.1825, 12.1825, 12.1825, 12.1825, 12.1825, 12.1825, 12.1825, 12.1825,
        12.1825, 12.1825, 12.1825, 12.1825, 12.1825, 12.1825, 12.1825, 12.1825],
       grad_fn=<ExpBackward0>))");
  EXPECT_EQ(torch::repr(torch::zeros({7, 200})), R"(tensor([[0., 0., 0.,  ..., 0., 0., 0.],
        [0., 0., 0.,  ..., 0., 0., 0.],
        [0., 0., 0.,  ..., 0., 0., 0.],
        ...,
        [0., 0., 0.,  ..., 0., 0., 0.],
        [0., 0., 0.,  ..., 0., 0., 0.],
        [0., 0., 0.,  ..., 0., 0., 0.]]))");
}
}  // namespace

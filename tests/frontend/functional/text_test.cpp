// What modules print is libtorch 2.15's text.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <sstream>

namespace {
using namespace torch::nn;

template <class Printable>
std::string text(const Printable& module) {
  std::ostringstream out;
  out << module;
  return out.str();
}

TEST(Text, OfActivations) {
  EXPECT_EQ(text(ELU(ELUOptions().alpha(0.5))), "torch::nn::ELU(alpha=0.5)");
  EXPECT_EQ(text(ELU(ELUOptions().inplace(true))), "torch::nn::ELU(alpha=1, inplace=true)");
  EXPECT_EQ(text(CELU(CELUOptions().alpha(0.5).inplace(true))),
            "torch::nn::CELU(alpha=0.5, inplace=true)");
  EXPECT_EQ(text(SELU()), "torch::nn::SELU()");
  EXPECT_EQ(text(SELU(SELUOptions().inplace(true))), "torch::nn::SELU(inplace=true)");
  EXPECT_EQ(text(ReLU6()), "torch::nn::ReLU6()");
  EXPECT_EQ(text(Hardshrink(0.7)), "torch::nn::Hardshrink(0.7)");
  EXPECT_EQ(text(Softshrink(0.7)), "torch::nn::Softshrink(0.7)");
  EXPECT_EQ(text(Hardtanh()), "torch::nn::Hardtanh(min_val=-1, max_val=1)");
  EXPECT_EQ(text(Hardtanh(HardtanhOptions().min_val(-42.42).max_val(0.5).inplace(true))),
            "torch::nn::Hardtanh(min_val=-42.42, max_val=0.5, inplace=true)");
  EXPECT_EQ(text(RReLU()), "torch::nn::RReLU(lower=0.125, upper=0.333333)");
  EXPECT_EQ(text(RReLU(RReLUOptions().lower(0.25).inplace(true))),
            "torch::nn::RReLU(lower=0.25, upper=0.333333, inplace=true)");
  EXPECT_EQ(text(PReLU()), "torch::nn::PReLU(num_parameters=1)");
  EXPECT_EQ(text(GLU()), "torch::nn::GLU(dim=-1)");
  EXPECT_EQ(text(GELU()), "torch::nn::GELU()");
  EXPECT_EQ(text(SiLU()), "torch::nn::SiLU()");
  EXPECT_EQ(text(Mish()), "torch::nn::Mish()");
  EXPECT_EQ(text(Softplus()), "torch::nn::Softplus(beta=1, threshold=20)");
  EXPECT_EQ(text(Threshold(24, 42.42)), "torch::nn::Threshold(threshold=24, value=42.42)");
  EXPECT_EQ(text(Threshold(ThresholdOptions(24, 42.42).inplace(true))),
            "torch::nn::Threshold(threshold=24, value=42.42, inplace=true)");
  EXPECT_EQ(text(Softsign()), "torch::nn::Softsign()");
  EXPECT_EQ(text(Tanhshrink()), "torch::nn::Tanhshrink()");
  EXPECT_EQ(text(Softmax2d()), "torch::nn::Softmax2d()");
  EXPECT_EQ(text(Softmin(1)), "torch::nn::Softmin(dim=1)");
}

TEST(Text, OfLosses) {
  EXPECT_EQ(text(L1Loss()), "torch::nn::L1Loss()");
  EXPECT_EQ(text(KLDivLoss()), "torch::nn::KLDivLoss()");
  EXPECT_EQ(text(HingeEmbeddingLoss(HingeEmbeddingLossOptions().margin(4))),
            "torch::nn::HingeEmbeddingLoss(margin=4)");
  EXPECT_EQ(text(MultiMarginLoss(
                MultiMarginLossOptions().margin(2).p(2).weight(torch::ones({2})).reduction(
                    torch::kSum))),
            "torch::nn::MultiMarginLoss(p=2, margin=2, weight= 1\n 1\n[ CPUFloatType{2} ], "
            "reduction=kSum)");
  EXPECT_EQ(text(CosineEmbeddingLoss(CosineEmbeddingLossOptions().margin(0.25))),
            "torch::nn::CosineEmbeddingLoss(margin=0.25)");
  EXPECT_EQ(text(SmoothL1Loss()), "torch::nn::SmoothL1Loss");
  EXPECT_EQ(text(HuberLoss()), "torch::nn::HuberLoss");
  EXPECT_EQ(text(MultiLabelMarginLoss()), "torch::nn::MultiLabelMarginLoss()");
  EXPECT_EQ(text(SoftMarginLoss()), "torch::nn::SoftMarginLoss()");
  EXPECT_EQ(text(MultiLabelSoftMarginLoss()), "torch::nn::MultiLabelSoftMarginLoss()");
  EXPECT_EQ(text(TripletMarginLoss(TripletMarginLossOptions().margin(3))),
            "torch::nn::TripletMarginLoss(margin=3, p=2, eps=1e-06, swap=false)");
  EXPECT_EQ(text(TripletMarginWithDistanceLoss(
                TripletMarginWithDistanceLossOptions().margin(0.5).swap(true))),
            "torch::nn::TripletMarginWithDistanceLoss(margin=0.5, swap=true)");
  EXPECT_EQ(text(CTCLoss()), "torch::nn::CTCLoss()");
  EXPECT_EQ(text(PoissonNLLLoss()), "torch::nn::PoissonNLLLoss()");
  EXPECT_EQ(text(MarginRankingLoss()), "torch::nn::MarginRankingLoss()");
}

TEST(Text, OfOthers) {
  EXPECT_EQ(text(CosineSimilarity()), "torch::nn::CosineSimilarity(dim=1, eps=1e-08)");
  EXPECT_EQ(text(PairwiseDistance()), "torch::nn::PairwiseDistance(p=2, eps=1e-06, keepdim=false)");
  EXPECT_EQ(text(PixelShuffle(5)), "torch::nn::PixelShuffle(upscale_factor=5)");
  EXPECT_EQ(text(PixelUnshuffle(5)), "torch::nn::PixelUnshuffle(downscale_factor=5)");
  EXPECT_EQ(text(Fold(2, 5)),
            "torch::nn::Fold(output_size=[2, 2], kernel_size=[5, 5], dilation=[1, 1], padding=[0, "
            "0], stride=[1, 1])");
  EXPECT_EQ(text(Unfold(UnfoldOptions({2, 4}).padding({2, 1}))),
            "torch::nn::Unfold(kernel_size=[2, 4], dilation=[1, 1], padding=[2, 1], stride=[1, 1])");
}
}  // namespace

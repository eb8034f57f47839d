// Recurrent layers.
#include "guards.h"

namespace sam {
namespace {

// How many sequences there are at each step: positive and never more than before, on the CPU.
void packedSequence(const Given& given) {
  const at::Tensor sizes = given.tensor("batch_sizes");
  given.expect(sizes.dim() == 1 && sizes.scalar_type() == at::kLong && sizes.is_cpu() && holdsMemory(sizes) &&
                   sizes.numel() > 0,
               "a list of int64 on the CPU for 'batch_sizes'");
  const at::Tensor list = sizes.contiguous();
  const int64_t* at = list.const_data_ptr<int64_t>();
  int64_t sum = 0;
  for (int64_t i = 0; i < list.numel(); ++i) {
    given.expect(at[i] > 0 && (i == 0 || at[i] <= at[i - 1]), "positive 'batch_sizes' that never grow");
    sum += at[i];
  }
  dense(given, "data", 2, 2);
  given.expect(given.tensor("data").size(0) == sum, "as many rows of 'data' as the sum of 'batch_sizes'");
}

void quantizedLstmCell(const Given& given) {
  given.expect(given.tensors("hx").size() == 2, "two tensors for 'hx'");
}

void mkldnnRnnBackward(const Given& given) {
  for (const char* name : {"input", "output"}) dense(given, name, 3, 3);
  for (const char* name : {"weight1", "weight2"}) dense(given, name, 2, 2);
  for (const char* name : {"weight3", "weight4"}) dense(given, name, 1, 1);
  for (const char* name : {"hx_", "cx_tmp", "hy_", "cy_"}) dense(given, name, 2, 3);
  given.expect(given.tensor("workspace").scalar_type() == at::kByte,
               "the workspace of mkldnn_rnn_layer for 'workspace'");
}

void mkldnnRnn(const Given& given) {
  const int64_t mode = given.integer("mode"), hidden = given.integer("hidden_size");
  given.expect(mode >= 0 && mode <= 3 && hidden > 0, "a 'mode' from 0 to 3 and a positive 'hidden_size'");
  dense(given, "input", 3, 3);
  for (const char* name : {"weight0", "weight1"}) dense(given, name, 2, 2);
  for (const char* name : {"weight2", "weight3"}) dense(given, name, 1, 1);
  for (const char* name : {"hx_", "cx_"}) dense(given, name, 2, 3);
  const int64_t rows = hidden * (mode == 2 ? 4 : mode == 3 ? 3 : 1);
  given.expect(given.tensor("weight0").sizes() == at::IntArrayRef({rows, given.tensor("input").size(2)}) &&
                   given.tensor("weight1").sizes() == at::IntArrayRef({rows, hidden}) &&
                   given.tensor("weight2").size(0) == rows && given.tensor("weight3").size(0) == rows,
               "weights of " + std::to_string(rows) + " rows");
  for (const char* name : {"hx_", "cx_"}) {
    given.expect(given.tensor(name).size(-1) == hidden && given.tensor("input").numel() > 0,
                 "states of 'hidden_size'" + quoted(name));
  }
  for (const char* name : {"input", "weight0", "weight1", "weight2", "weight3", "hx_", "cx_"}) {
    given.expect(given.tensor(name).scalar_type() == at::kFloat, "a float32 tensor" + quoted(name));
  }
}

}  // namespace

const std::vector<GuardRow> kRecurrent = {
    // Read batch_sizes as a list of int64, whatever it is.
    {"lstm", "data", &packedSequence},
    {"gru", "data", &packedSequence},
    {"rnn_tanh", "data", &packedSequence},
    {"rnn_relu", "data", &packedSequence},
    // Reads hx[0] and hx[1] of an empty list.
    {"quantized_lstm_cell", nullptr, &quantizedLstmCell},
    // Takes every shape for the right one.
    {"mkldnn_rnn_layer", nullptr, &mkldnnRnn},
    // Made for the graph that mkldnn_rnn_layer records.
    {"mkldnn_rnn_layer_backward", nullptr, &mkldnnRnnBackward},
};

}  // namespace sam

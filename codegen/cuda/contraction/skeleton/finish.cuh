// ---- The sums of the chunks of k, added in ascending order.
WEFT_INLINE void finish(Result& result, const Sum* sums, I rows, I columns, i64 elements,
                        i64 chunks, const Divisor& by_columns, const Divisor& by_rows) {
  const i64 element = weft_block() * weft_threads() + weft_thread();
  if (element >= elements) return;
  Sum sum = sums[element];
  for (i64 c = 1; c < chunks; ++c) sum += sums[c * elements + element];
  I batch = static_cast<I>(element);
  const I column = by_columns.take_digit(batch), row = by_rows.take_digit(batch);
  result.begin(batch, 0);
  result.store(row, column, sum);
}

#!/usr/bin/env python3
"""Makes the MLIR-free tables of the ops from `llvm-tblgen --dump-json` of ir/tensor/weft.td.

  generate.py ops JSON OUT        enum Op, attribute structs            (ir/op/ops.inc)
  generate.py table JSON OUT      the OpInfo rows                       (ir/op/table.inc)
  generate.py costs JSON OUT      which ops are costly                  (ir/op/costs.inc)
  generate.py formulas JSON OUT   visit_formula: scalar bodies          (ir/op/formulas.inc)
  generate.py symbols JSON OUT    functions and operators on Symbol     (ir/interface/symbols.inc)
  generate.py gradients JSON OUT  the gradient formulas on Symbol       (ir/interface/gradients.inc)
"""
import json
import re
import sys

FAMILIES = ["elementwise", "reduction", "contraction", "window", "view", "indexing", "creation", "random", "control"]
KINDS = {"I64Attr": ("i64", "int64_t"), "BoolAttr": ("boolean", "bool"), "UnitAttr": ("flag", "bool"), "TypeAttr": ("dtype", "DType"),
         "DenseI64ArrayAttr": ("i64_array", "Span<int64_t>"), "TypedAttrInterface": ("value", "Literal")}


class Row:
    def __init__(self, record, records):
        self.name = record["opName"]
        self.family, self.rule, self.types = record["family"], record["rule"], record["types"]
        self.costly = bool(record["costly"])
        self.formula, self.gradients = record["formula"], record["gradients"]
        self.operands, self.attrs, self.variadic = [], [], False
        for value, name in record["arguments"]["args"]:
            if value["def"] in KINDS:
                self.attrs.append((name, *KINDS[value["def"]]))
            elif value["def"] != "StrAttr":
                self.operands.append(name)
                self.variadic |= "Variadic" in records[value["def"]]["!superclasses"]
        self.results = [name for _, name in record["results"]["args"]]
        self.variadic_results = any("Variadic" in records[v["def"]]["!superclasses"] for v, _ in record["results"]["args"])
        traits = {t["def"] for t in record["traits"]}
        self.differentiable = "NoGradient" not in traits
        self.has_rule = "ShapeRule" in traits
        text = " ".join(self.gradients)
        words = set(re.findall(r"[a-z_]\w*", text)) if self.gradients else set(record["reads"])
        self.reads_operands, self.reads_results = self.mask(self.operands, words), self.mask(self.results, words)

    def mask(self, names, words):
        bits = 0
        for i, name in enumerate(names):
            if name in words:
                last = i == len(self.operands) - 1 and names is self.operands and self.variadic
                bits |= (0xFFFFFFFF << i) & 0xFFFFFFFF if last else 1 << i
        return bits


def rows(path):
    records = json.load(open(path))
    found = [Row(records[n], records) for n in records["!instanceof"]["Weft_Op"]]
    return sorted(found, key=lambda r: (FAMILIES.index(r.family), r.name))


def ops(table, out):
    out("namespace torch {\nnamespace op {\nenum class Op : uint16_t {\n")
    for r in table:
        out(f"  {r.name},\n")
    out("};\nnamespace attrs {\n")
    for r in table:
        if not r.attrs:
            continue
        fields = "".join(f"  {cpp} {n};\n" for n, _, cpp in r.attrs)
        reads = "".join(f" {n} = r.{kind}();" for n, kind, _ in r.attrs)
        params = ", ".join(f"{cpp} {n}" for n, _, cpp in r.attrs)
        writes = "".join(f" w.{kind}({n});" for n, kind, _ in r.attrs)
        out(f"struct {r.name} {{\n{fields}"
            f"  explicit {r.name}(const Attrs& a) {{ AttrReader r(a);{reads} }}\n"
            f"  static Attrs pack({params}) {{ AttrWriter w;{writes} return std::move(w.attrs); }}\n}};\n")
    out("}  // namespace attrs\n}  // namespace op\n}  // namespace torch\n")


def table(table, out):
    for r in table:
        if r.attrs:
            out(f"constexpr AttrInfo {r.name}_attrs[] = {{"
                + ", ".join(f'{{"{n}", AttrKind::{kind}}}' for n, kind, _ in r.attrs) + "};\n")
    out("constinit const OpInfo rows[] = {\n")  # programs may make tensors in static initialisers
    for r in table:
        operands = -1 if r.variadic else len(r.operands)
        results = -1 if r.variadic_results else len(r.results)
        attrs = f"Span<AttrInfo>({r.name}_attrs, {len(r.attrs)})" if r.attrs else "Span<AttrInfo>()"
        rule = f"&rules::{r.rule}" if r.has_rule else "nullptr"
        out(f'  {{"{r.name}", Family::{r.family}, {operands}, {results}, {str(r.differentiable).lower()}, '
            f'{r.reads_operands}u, {r.reads_results}u, "{r.types}", {attrs}, {rule}}},\n')
    out("};\n")


def costs(table, out):
    out("constexpr bool costly[] = {\n" + "".join(f"  {str(r.costly).lower()},  // {r.name}\n" for r in table) + "};\n")


def formulas(table, out):
    out("/// What is known of an elementwise op at compile time: its operands, and the first letter of its element types.\n"
        "template <Op op_, int operands_, char types_> struct FormulaRow {\n"
        "  static constexpr Op op = op_;\n  static constexpr int operands = operands_;\n"
        "  static constexpr char types = types_;\n};\n"
        "/// Calls `f` with the row and the scalar body of an elementwise op, a generic function of its operands; false for\n"
        "/// other ops.\n"
        "template <class F> bool visit_formula_row(Op op, F&& f) {\n  switch (op) {\n")
    for r in table:
        if r.formula:
            params = ", ".join(f"const auto& {n}" for n in r.operands)
            out(f"    case Op::{r.name}: f(FormulaRow<Op::{r.name}, {len(r.operands)}, '{r.types[0]}'>(), "
                f"[]({params}) {{ return {r.formula}; }}); return true;\n")
    out("    default: return false;\n  }\n}\n"
        "/// The same for who needs only the body.\n"
        "template <class F> bool visit_formula(Op op, F&& f) {\n"
        "  return visit_formula_row(op, [&](auto, auto formula) { f(formula); });\n}\n")


OPERATORS = {"mul": "*", "add": "+", "sub": "-", "div": "/", "neg": "-", "eq": "==", "ne": "!=", "lt": "<", "le": "<=",
             "gt": ">", "ge": ">=", "bitwise_and": "&", "bitwise_or": "|", "bitwise_xor": "^"}


def symbols(table, out):
    for r in table:
        if not r.formula:
            continue
        name = "operator" + OPERATORS[r.name] if r.name in OPERATORS else r.name
        out(f"inline Symbol {name}({', '.join(f'const Symbol& {n}' for n in r.operands)}) "
            f"{{ return apply(::torch::op::Op::{r.name}, {{{', '.join(r.operands)}}}); }}\n")
        # Any operand but one may be a literal; it takes the element type of the first that is none.
        typed = [n for n in r.operands if not (r.rule == "select" and n == r.operands[0])]
        for chosen in range(1, 2 ** len(typed) - 1):
            literal = {n for i, n in enumerate(typed) if chosen >> i & 1}
            like = next(n for n in typed if n not in literal)
            params = ", ".join(f"double {n}" if n in literal else f"const Symbol& {n}" for n in r.operands)
            values = ", ".join(f"{like}.literal({n})" if n in literal else n for n in r.operands)
            out(f"inline Symbol {name}({params}) {{ return apply(::torch::op::Op::{r.name}, {{{values}}}); }}\n")


def gradients(table, out):
    out("/// The cotangent of operand `i` of an elementwise op before it is summed over broadcast dims; null: there is none.\n"
        "Symbol gradient(::torch::op::Op op, unsigned i, llvm::ArrayRef<Symbol> operands, const Symbol& y, const Symbol& dy) {\n"
        "  switch (op) {\n")
    for r in table:
        if not any(r.gradients):
            continue
        names = "".join(f" [[maybe_unused]] const Symbol& {n} = operands[{i}];" for i, n in enumerate(r.operands))
        out(f"    case ::torch::op::Op::{r.name}: {{{names}\n")
        for i, g in enumerate(r.gradients):
            if g:
                out(f"      if (i == {i}) return {g};\n")
        out("      return Symbol();\n    }\n")
    out("    default: return Symbol();\n  }\n}\n")


def main():
    what, source, target = sys.argv[1:4]
    with open(target, "w") as f:
        f.write("// Made by ir/op/generate.py from ir/tensor/*.td.\n")
        {"ops": ops, "table": table, "costs": costs, "formulas": formulas,
         "symbols": symbols, "gradients": gradients}[what](rows(source), f.write)


if __name__ == "__main__":
    main()

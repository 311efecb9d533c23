#ifndef WEFT_EXPORT_TD
#define WEFT_EXPORT_TD
include "mlir/Pass/PassBase.td"

class Export<string name, string what> : Pass<name, "::mlir::ModuleOp"> {
  let summary = "Write the functions as " # what;
  let description = [{The IR stays as it is. `weft-opt --}] # name #
                    [{='file=out' in.mlir -o /dev/null` writes the file alone.}];
  let options = [Option<"file", "file", "std::string", /*default=*/"\"-\"", "where to write; - is the standard output">];
}
def ExportJson : Export<"export-json", "JSON">;
def ExportDot : Export<"export-dot", "a Graphviz digraph">;
#endif

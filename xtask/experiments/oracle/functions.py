"""Prints the functions of Python files as `ast` sees them: path, first line, last line, name.

Lambdas outside functions have no name; those inside are no functions of their own. Argument: a file
with one path a line.
"""
import ast
import sys
import warnings

warnings.simplefilter("ignore")


def visit(node, path, is_inside):
    for child in ast.iter_child_nodes(node):
        is_function = isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef))
        is_closure = isinstance(child, ast.Lambda)
        if is_function or is_closure and not is_inside:
            name = child.name if is_function else ""
            print(path, child.lineno, child.end_lineno, name, sep="\t")
        visit(child, path, is_inside or is_function or is_closure)


sys.setrecursionlimit(10_000)
for path in open(sys.argv[1], encoding="utf-8").read().splitlines():
    try:
        tree = ast.parse(open(path, "rb").read())
    except (SyntaxError, ValueError) as error:
        print(f"{path}: {error}", file=sys.stderr)
        continue
    visit(tree, path, False)

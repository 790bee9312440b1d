// Prints the functions of JavaScript and TypeScript files as the TypeScript compiler sees them: path,
// first line, last line, name. Closures outside functions have no name; those inside are no functions
// of their own. Arguments: the folder of the installed packages, a file with one path a line.
const { createRequire } = require('node:module');
const { readFileSync } = require('node:fs');
const path = require('node:path');

const ts = createRequire(path.resolve(process.argv[2], 'package.json'))('typescript');
const { SyntaxKind: kind } = ts;
const named = [
  kind.FunctionDeclaration, kind.MethodDeclaration, kind.Constructor, kind.GetAccessor, kind.SetAccessor,
];
const closures = [kind.ArrowFunction, kind.FunctionExpression];

for (const file of readFileSync(process.argv[3], 'utf8').split('\n').filter(Boolean)) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  if (source.parseDiagnostics.length > 0) {
    console.error(`${file}: ${ts.flattenDiagnosticMessageText(source.parseDiagnostics[0].messageText, ' ')}`);
    continue;
  }
  const line = (position) => source.getLineAndCharacterOfPosition(position).line + 1;
  const visit = (node, isInside) => {
    const isNamed = named.includes(node.kind) && node.body;
    const isClosure = closures.includes(node.kind);
    if (isNamed || (isClosure && !isInside)) {
      const fixed = node.kind === kind.Constructor ? 'constructor' : 'default';
      const name = isNamed ? (node.name ? node.name.getText(source) : fixed) : '';
      // Decorators are not part of a function here.
      const decorators = (node.modifiers ?? []).filter((it) => it.kind === kind.Decorator);
      const first = decorators.length > 0 ? decorators.at(-1).end + 1 : node.getStart(source);
      const cells = [file, line(first), line(node.end), name.replace(/\s+/g, ' ')];
      console.log(cells.join('\t'));
    }
    ts.forEachChild(node, (child) => visit(child, isInside || isNamed || isClosure));
  };
  visit(source, false);
}

// Prints the cognitive complexity of every function as eslint-plugin-sonarjs counts it, as
// tab-separated path, line and figure. Arguments: the folder of the installed packages, a file with
// one path a line.
const { createRequire } = require('node:module');
const { readFileSync } = require('node:fs');
const path = require('node:path');

const packages = createRequire(path.resolve(process.argv[2], 'package.json'));
const { Linter } = packages('eslint');
const sonarjs = packages('eslint-plugin-sonarjs');
const parser = packages('@typescript-eslint/parser');
const plugin = sonarjs.default ?? sonarjs;
const linter = new Linter();
const config = [
  {
    // Of patterns that end in `*` alone eslint takes no file that is not JavaScript.
    files: ['**/*.{js,cjs,mjs,jsx,ts,cts,mts,tsx}'],
    plugins: { sonarjs: plugin },
    languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
    rules: { 'sonarjs/cognitive-complexity': ['error', 0] },
    linterOptions: { noInlineConfig: true },
  },
];
for (const file of readFileSync(process.argv[3], 'utf8').split('\n').filter(Boolean)) {
  const found = linter.verify(readFileSync(file, 'utf8'), config, { filename: path.basename(file) });
  for (const message of found) {
    const figure = /from (\d+) to/.exec(message.message);
    if (figure) console.log(`${file}\t${message.line}\t${figure[1]}`);
    else if (message.fatal) console.error(`${file}: ${message.message}`);
  }
}

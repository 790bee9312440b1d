// Photographs a page in every state that its design was made for: node shots.mjs PAGE FOLDER [NAME]

import { mkdirSync } from "node:fs";
import path from "node:path";
import { open, start } from "./browser.mjs";

const [file, folder, name = path.basename(file ?? "", ".html")] = process.argv.slice(2);
if (!file || !folder) {
  console.error("usage: node shots.mjs PAGE FOLDER [NAME]");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const browser = await start();
const states = [];
for (const colorScheme of ["light", "dark"]) {
  for (const width of [360, 1280, 2560]) states.push([`${width}-${colorScheme}`, { colorScheme, viewport: { width, height: 900 } }]);
}
states.push(["noscript", { javaScriptEnabled: false }]);
states.push(["forced", { forcedColors: "active" }]);
for (const [state, options] of states) {
  const { context, page } = await open(browser, file, options);
  await page.screenshot({ path: path.join(folder, `${name}-${state}.png`), fullPage: true });
  if (state === "1280-light") {
    await page.screenshot({ path: path.join(folder, `${name}-top.png`) });
    await page.pdf({ path: path.join(folder, `${name}.pdf`), preferCSSPageSize: true });
  }
  const map = page.locator("#map");
  if (state === "1280-dark" && (await map.count())) {
    await map.screenshot({ path: path.join(folder, `${name}-map-dark.png`) });
  }
  await context.close();
}
await browser.close();

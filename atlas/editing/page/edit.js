/** Opens Sveltia CMS on the forms of this project, and says after each save what the check finds. */

import { folder } from "./forms.js";

/** What happened to the last save: written where, with which faults; or why not. */
class Result extends HTMLElement {
  connectedCallback() {
    this.setAttribute("role", "status");
  }

  /** @param {string} text @param {string[]} lines @param {boolean} bad */
  say(text, lines = [], bad = false) {
    const head = document.createElement("p");
    head.textContent = text;
    const list = document.createElement("ul");
    list.append(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
    this.classList.toggle("bad", bad);
    this.replaceChildren(head, ...(lines.length ? [list] : []));
  }

  /** @param {string[]} files */
  async written(files) {
    this.say(`Written: ${files.join(", ") || "nothing new"}. Checking… · 저장했습니다. 검사하는 중…`);
    const { faults } = await (await fetch("check", { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" })).json();
    if (faults.length) this.say(`Written, and ${faults.length} to mend: · 저장했습니다. 고칠 곳 ${faults.length}개:`, faults, true);
    else this.say(`Written: ${files.join(", ") || "nothing new"}. All is well. · 저장했습니다. 고칠 곳이 없습니다.`);
  }

  /** @param {string} why */
  refused(why) {
    this.say("Not written: · 저장하지 못했습니다.", why.split("\n"), true);
  }
}
customElements.define("edit-result", Result);

/** Sveltia keeps the handle of a folder for the next time, which ours does not outlive. */
async function forgetFolder() {
  for (const { name = "" } of (await indexedDB.databases?.()) ?? []) {
    await new Promise((done) => {
      const opening = indexedDB.open(name);
      opening.onerror = () => done(null);
      opening.onsuccess = () => {
        const database = opening.result;
        if (database.objectStoreNames.contains("file-system-handles")) {
          database.transaction("file-system-handles", "readwrite").objectStore("file-system-handles").clear();
        }
        database.close();
        done(null);
      };
    });
  }
}

/** Opens the folder at once: there is only one. Sveltia first looks, in microtasks, whether somebody has signed in before: hence the wait. */
function open() {
  const watching = new MutationObserver(() => {
    const button = document.querySelector(".buttons button.primary");
    if (button instanceof HTMLButtonElement) {
      watching.disconnect();
      setTimeout(() => button.click(), 50);
    }
  });
  watching.observe(document.body, { childList: true, subtree: true });
}

/** Puts what a group says in each language side by side. @param {string[]} languages */
function sideBySide(languages) {
  const some = languages.map((code) => `> [data-key-path$=".${code}"]`);
  const group = `.content-editor div:has(${some[0]}):has(${some[1]})`;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    ${group} { display: grid; grid-template-columns: repeat(${languages.length}, minmax(0, 1fr)); }
    ${group} > .field { grid-column: 1 / -1; }
    ${some.map((one) => `${group} ${one}`).join(", ")} { grid-column: auto; }
  `);
  document.adoptedStyleSheets.push(sheet);
}

const result = /** @type {Result} */ (document.querySelector("edit-result"));
const [handle, configuration] = await Promise.all([
  folder((files) => result.written(files), (why) => result.refused(why)),
  fetch("configuration.json").then((answer) => answer.json()),
  forgetFolder(),
]);
Object.assign(window, { CMS_MANUAL_INIT: true, showDirectoryPicker: async () => handle });
sideBySide(configuration.languages);
const { default: CMS } = await import("./sveltia-cms.js");
open();
CMS.init({ config: configuration.cms });

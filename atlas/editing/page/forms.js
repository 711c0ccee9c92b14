/**
 * The folder that the editor opens, as the File System Access API has it (https://wicg.github.io/file-system-access/): its files are the forms
 * that the server makes of the records and pages, and what is written to them goes to the server.
 */

const TEMPORARY = ".sveltia-tmp-";

/**
 * @typedef {{text: string, digest: string | null}} Form
 * @typedef {(files: string[]) => void} Written
 * @typedef {(why: string) => void} Refused
 */

/** All forms by path, and what to do when one was written or refused. */
class Forms {
  /** @param {Map<string, Form>} forms @param {Written} written @param {Refused} refused */
  constructor(forms, written, refused) {
    this.forms = forms;
    this.written = written;
    this.refused = refused;
  }

  /** @param {string} path @param {string} text */
  async write(path, text) {
    const before = this.forms.get(path)?.digest;
    const answer = await fetch(`forms/${path.split("/").map(encodeURIComponent).join("/")}`, {
      method: "PUT",
      headers: { "Content-Type": "application/json", ...(before ? { "If-Match": before } : {}) },
      body: text,
    });
    const told = await answer.json();
    if (!answer.ok) {
      this.refused(told.refused);
      throw new DOMException(told.refused, "NoModificationAllowedError");
    }
    this.forms.set(path, { text: told.text, digest: told.digest });
    this.written(told.files);
  }
}

class FormFile {
  kind = "file";
  #forms;
  #path;

  /** @param {Forms} forms @param {string} path @param {string} text */
  constructor(forms, path, text = "") {
    this.#forms = forms;
    this.#path = path;
    this.text = text;
  }

  get name() {
    return this.#path.slice(this.#path.lastIndexOf("/") + 1);
  }

  async getFile() {
    const text = this.#forms.forms.get(this.#path)?.text ?? this.text;
    return new File([text], this.name, { type: "application/json", lastModified: 0 });
  }

  async createWritable() {
    /** @type {BlobPart[]} */
    const parts = [];
    return {
      write: async (/** @type {BlobPart} */ part) => void parts.push(part),
      close: async () => {
        this.text = await new Blob(parts).text();
        if (!this.name.startsWith(TEMPORARY)) await this.#forms.write(this.#path, this.text);
      },
    };
  }

  /** @param {Directory} folder @param {string} name */
  async move(folder, name) {
    const path = folder.below(name);
    await this.#forms.write(path, this.text);
    this.#path = path;
  }
}

/** Sveltia puts the handle of a folder into IndexedDB: it has private fields, which are not put there. */
class Directory {
  kind = "directory";
  #forms;
  #path;

  /** @param {Forms} forms @param {string} path */
  constructor(forms, path) {
    this.#forms = forms;
    this.#path = path;
  }

  get name() {
    return this.#path.slice(this.#path.lastIndexOf("/") + 1);
  }

  /** @param {string} name */
  below(name) {
    return this.#path ? `${this.#path}/${name}` : name;
  }

  async *entries() {
    const start = this.below("");
    const seen = new Set();
    for (const [path, { text }] of this.#forms.forms) {
      if (!path.startsWith(start)) continue;
      const [name, ...rest] = path.slice(start.length).split("/");
      if (rest.length === 0) yield [name, new FormFile(this.#forms, path, text)];
      else if (!seen.has(name)) yield [name, new Directory(this.#forms, this.below(name))];
      seen.add(name);
    }
  }

  /** @param {string} name */
  async getDirectoryHandle(name) {
    return new Directory(this.#forms, this.below(name));
  }

  /** @param {string} name @param {{create?: boolean}} options */
  async getFileHandle(name, { create = false } = {}) {
    const path = this.below(name);
    const form = this.#forms.forms.get(path);
    if (!form && !create) throw new DOMException(`There is no ${path}.`, "NotFoundError");
    return new FormFile(this.#forms, path, form?.text);
  }

  /** Nothing is deleted here; a file that was never written is gone by itself. @param {string} name */
  async removeEntry(name) {
    if (!name.startsWith(TEMPORARY)) throw new DOMException("Nothing is deleted here.", "NoModificationAllowedError");
  }

  async requestPermission() {
    return "granted";
  }
}

/** The folder with all forms. @param {Written} written @param {Refused} refused */
export async function folder(written, refused) {
  const forms = new Map(Object.entries(await (await fetch("forms.json")).json()));
  return new Directory(new Forms(forms, written, refused), "");
}

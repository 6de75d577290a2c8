// What website/recording_files.py has written: where each tile is shown, and the sheets of tiles.
"use strict";

course.recordings = {}; // by name, each as its script gives it

course.Recording = class Recording {
  static #loading = new Map();

  /** folder: the address of the recording's own. */
  static load(folder) {
    const loading = Recording.#loading;
    if (!loading.has(folder)) {
      const name = folder.split("/").at(-1);
      const begun = new Promise((resolve, reject) => {
        const script = Object.assign(document.createElement("script"), { src: `${folder}/index.js`, onerror: reject });
        script.onload = () => resolve(new Recording(folder, course.recordings[name]));
        document.head.append(script);
      });
      loading.set(folder, begun);
    }
    return loading.get(folder);
  }

  constructor(folder, { size, pixels, tile, sheets, axes, words, tiles }) {
    Object.assign(this, { folder, size, pixels, tile, axes, words });
    this.shape = axes.map(({ values }) => values.length);
    const places = pixels.map((length) => Math.ceil(length / tile)).reduce((across, down) => across * down);
    this.shown = this.#unpack(places, Uint8Array.from(atob(tiles), (letter) => letter.charCodeAt(0)));
    this.sheetOf = [];
    this.firsts = []; // the number of each sheet's first tile
    for (const [sheet, count] of sheets.entries()) {
      this.firsts.push(this.sheetOf.length);
      for (let i = 0; i < count; i++) this.sheetOf.push(sheet);
    }
  }

  /** The number of a position. at: for each axis, which of its stops. */
  position(at) {
    return at.reduce((number, stop, axis) => number * this.shape[axis] + stop, 0);
  }

  /** Where a tile is: the number of its sheet, and its own number there. */
  find(tile) {
    const sheet = this.sheetOf[tile];
    return [sheet, tile - this.firsts[sheet]];
  }

  address(sheet) {
    return `${this.folder}/${sheet}.webp`;
  }

  #unpack(places, bytes) {
    let read = 0;
    const number = () => {
      let [value, shift] = [0, 0];
      for (;;) {
        const piece = bytes[read++];
        value |= (piece & 127) << shift;
        if (piece < 128) return value;
        shift += 7;
      }
    };
    const shown = [];
    for (let position = 0; position < this.words.length; position++) {
      const now = position ? shown[position - this.#stepBack(position)].slice() : new Uint32Array(places);
      let place = -1;
      for (let changes = number(); changes > 0; changes--) {
        place += number() + 1;
        const signed = number();
        now[place] += signed & 1 ? -(signed + 1) / 2 : signed / 2;
      }
      shown.push(now);
    }
    return shown;
  }

  #stepBack(position) {
    let step = 1;
    for (const length of [...this.shape].reverse()) {
      if (Math.floor(position / step) % length) break;
      step *= length;
    }
    return step;
  }
};

// The sheets of all recordings that are decoded now. Those used longest ago make room for new ones.
course.sheets = new (class {
  MOST = 60e6; // bytes of decoded pixels, the pictures' own among them
  #decoded = new Map(); // bitmaps by address, the latest used last
  #coming = new Map();
  #inUse = new Map(); // by user: the addresses that must not go
  bytes = 0;
  highest = 0;

  /** Count the pixels of a picture that is there now. */
  addPicture([width, height]) {
    this.#makeRoom(4 * width * height);
  }

  removePicture([width, height]) {
    this.bytes -= 4 * width * height;
  }

  /** The bitmap, or undefined if it is not there yet. */
  get(address) {
    const bitmap = this.#decoded.get(address);
    if (bitmap) {
      this.#decoded.delete(address);
      this.#decoded.set(address, bitmap);
    }
    return bitmap;
  }

  /** What a user is about to show must not go. */
  hold(user, addresses) {
    this.#inUse.set(user, addresses);
  }

  release(user) {
    this.#inUse.delete(user);
  }

  hasRoom() {
    return this.bytes < 0.75 * this.MOST;
  }

  /** Resolves when the sheet is there. */
  load(address) {
    if (this.get(address)) return Promise.resolve();
    if (!this.#coming.has(address)) this.#coming.set(address, this.#decode(address));
    return this.#coming.get(address);
  }

  async #decode(address) {
    const image = Object.assign(new Image(), { src: address });
    const decoded = image.decode().then(() => createImageBitmap(image));
    const bitmap = await decoded.finally(() => this.#coming.delete(address));
    this.#makeRoom(4 * bitmap.width * bitmap.height);
    this.#decoded.set(address, bitmap);
  }

  #makeRoom(bytes) {
    const held = new Set([...this.#inUse.values()].flat());
    for (const [address, bitmap] of this.#decoded) {
      if (this.bytes + bytes <= this.MOST) break;
      if (held.has(address)) continue;
      this.bytes -= 4 * bitmap.width * bitmap.height;
      this.#decoded.delete(address);
      bitmap.close();
    }
    this.bytes += bytes;
    this.highest = Math.max(this.highest, this.bytes);
  }
})();

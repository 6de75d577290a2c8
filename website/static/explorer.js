// Explorers on the website: real sliders and menus above, and below them the picture that live.js draws, as it does in
// JupyterLab; what a kernel would send it comes from a recording.
"use strict";

(() => {
  const NEARBY = "400px"; // of a picture that will soon be scrolled into view
  const AHEAD = [1, -1, 2, -2, 3]; // stops that are decoded before they are asked for
  const NOTHING = []; // instead of tiles, far from view
  const recordings = new URL("recordings/", document.currentScript.src).href;

  addEventListener("DOMContentLoaded", () => {
    const begun = new Map(); // explorers, or promises of them, by their places
    const watcher = new IntersectionObserver(
      async (seen) => {
        for (const { isIntersecting, target } of seen) {
          if (isIntersecting && !begun.has(target)) begun.set(target, begin(target));
          else (await begun.get(target))?.setNearby(isIntersecting);
        }
      },
      { rootMargin: NEARBY },
    );
    for (const place of document.querySelectorAll(".recorded-explorer")) watcher.observe(place);
  });

  async function begin(place) {
    const recording = await course.Recording.load(recordings + place.dataset.explorer);
    const explorer = new Explorer(place, recording, JSON.parse(place.dataset.at));
    await explorer.begin();
    place.classList.add("is-live");
    if ("autoplay" in place.dataset && !matchMedia("(prefers-reduced-motion: reduce)").matches) explorer.play();
    return explorer;
  }

  class Explorer {
    /** at: for each axis, which of its stops. */
    constructor(place, recording, at) {
      Object.assign(this, { place, recording, at });
      this.picture = new RecordedPicture(recording);
      this.element = make("div", { className: "explorer" });
      this.inputs = []; // for each axis, what shows the chosen stop
    }

    async begin() {
      const { axes } = this.recording;
      const [sliders, others, picture] = [make("div"), make("div"), make("div")];
      sliders.className = others.className = "explorer-controls";
      this.iterations = new course.Model({ value: this.at.at(-1), min: 0, max: axes.at(-1).values.length - 1 });
      this.iterations.set("description", axes.at(-1).description);
      const inOrder = [0, axes.length - 1, ...axes.keys()]; // alpha and iterations come first
      for (const axis of new Set(inOrder)) this.inputs[axis] = this.#input(axis, axes[axis].isSlider ? sliders : others);
      this.answers = make("button", { textContent: "show the answers", type: "button" });
      this.answers.addEventListener("click", () => this.showAnswers());
      this.place.addEventListener("answers-shown", () => this.showAnswers());
      others.append(this.answers);

      this.iterations.on("change:value", () => this.move(axes.length - 1, this.iterations.get("value")));
      const player = new course.Model({ playing: false, pace: 3 });
      player.widget_manager = { get_model: async () => this.iterations };
      const buttons = make("div");
      others.prepend(buttons);
      this.element.append(sliders, others, picture);
      await course.renderers.player({ model: player, el: buttons });
      const begun = new Promise((resolve) => picture.addEventListener("picture-shown", resolve, { once: true }));
      this.#show();
      course.renderers.live({ model: this.picture, el: picture });
      await begun;
      this.place.append(this.element);
    }

    setNearby(isNearby) {
      this.picture.setNearby(isNearby);
    }

    play() {
      this.element.querySelector('.explorer-player [aria-label="play"]').click();
    }

    move(axis, stop) {
      if (this.at[axis] === stop) return;
      this.at[axis] = stop;
      if (axis === this.at.length - 1) this.iterations.set("value", stop);
      this.#show();
    }

    showAnswers() {
      const axis = this.recording.axes.findIndex(({ controls }) => controls[0] === "hidden");
      this.move(axis, this.recording.axes[axis].values.findIndex(([hidden]) => !hidden.length));
    }

    #show() {
      const { axes } = this.recording;
      this.inputs.forEach((show, axis) => show(this.at[axis]));
      const moved = axes.flatMap(({ controls, values }, axis) => {
        const stop = values[this.at[axis]];
        return controls.map((name, i) => [name, stop[i]]);
      });
      this.place.position = Object.fromEntries(moved);
      this.answers.hidden = !this.place.position.hidden.length;
      this.picture.show(this.at);
      this.place.dispatchEvent(new Event("position-shown"));
    }

    /** Puts a slider or a menu there, if there is something to choose; gives what shows the chosen stop. */
    #input(number, there) {
      const axis = this.recording.axes[number];
      if (axis.controls[0] === "hidden" || axis.values.length < 2) return () => {};
      const label = make("label", { textContent: axis.description });
      there.append(label);
      if (!axis.isSlider) {
        const menu = make("select");
        for (const each of axis.labels) menu.add(new Option(each));
        menu.addEventListener("change", () => this.move(number, menu.selectedIndex));
        label.append(menu);
        return (stop) => (menu.selectedIndex = stop);
      }
      const slider = make("input", { type: "range", min: 0, max: axis.values.length - 1, ariaLabel: axis.description });
      const shown = make("span", { className: "explorer-value", ariaHidden: true });
      slider.addEventListener("input", () => this.move(number, Number(slider.value)));
      label.append(slider, shown);
      return (stop) => {
        slider.value = stop;
        slider.ariaValueText = shown.textContent = axis.labels[stop];
      };
    }
  }

  /** Sends live.js the tiles that have changed, as a kernel would; while it is far from view, the words alone. */
  class RecordedPicture extends course.Model {
    #there = null; // the numbers of the tiles that are shown
    #words = null;
    #at = null;
    #isShowing = false;
    #isNearby = true;

    constructor(recording) {
      super({ size: recording.size, still: null });
      this.recording = recording;
      course.sheets.addPicture(recording.pixels);
    }

    /** What live.js asks for. There is one density, and nothing to be dragged. */
    send(message) {
      if (!("density" in message)) return;
      this.#there = this.#words = null;
      this.show(this.#at);
    }

    setNearby(isNearby) {
      if (this.#isNearby === isNearby) return;
      this.#isNearby = isNearby;
      if (isNearby) course.sheets.addPicture(this.recording.pixels);
      else course.sheets.removePicture(this.recording.pixels);
      this.#there = this.#words = null;
      this.show(this.#at);
    }

    /** One picture after the other, and if many are asked for meanwhile, then the latest. */
    async show(at) {
      this.#at = [...at];
      if (this.#isShowing || !this.isHeard("msg:custom")) return;
      this.#isShowing = true;
      try {
        while (!this.#isThere()) {
          const position = this.recording.position(this.#at);
          const needed = this.#needed(position);
          course.sheets.hold(this, needed);
          const missing = needed.filter((sheet) => !course.sheets.get(sheet));
          if (missing.length) await Promise.all(missing.map((sheet) => course.sheets.load(sheet)));
          else this.#tell(position);
        }
      } finally {
        course.sheets.release(this);
        this.#isShowing = false;
      }
      if (this.#isNearby) this.#lookAhead();
    }

    #isThere() {
      const position = this.recording.position(this.#at);
      return this.#there === this.#tilesAt(position) && this.#words === this.recording.words[position];
    }

    #tilesAt(position) {
      return this.#isNearby ? this.recording.shown[position] : NOTHING;
    }

    #changes(position) {
      const changed = [];
      this.#tilesAt(position).forEach((tile, place) => {
        if (tile !== this.#there?.[place]) changed.push(place);
      });
      return changed;
    }

    #needed(position) {
      const now = this.#tilesAt(position);
      const sheets = new Set(this.#changes(position).map((place) => this.recording.sheetOf[now[place]]));
      return [...sheets].map((sheet) => this.recording.address(sheet));
    }

    #tell(position) {
      const { recording } = this;
      const [now, changed] = [this.#tilesAt(position), this.#changes(position)];
      const from = changed.map((place) => recording.find(now[place]));
      const numbers = [...new Set(from.map(([sheet]) => sheet))];
      const bitmaps = numbers.map((sheet) => course.sheets.get(recording.address(sheet)));
      const { tile, words } = recording;
      const pixels = this.#isNearby ? recording.pixels : [1, 1];
      const message = { pixels, tile, changed, summary: words[position], grips: [] };
      message.from = from.map(([sheet, place]) => [numbers.indexOf(sheet), place]);
      this.#there = now;
      this.#words = words[position];
      this.tell("msg:custom", message, bitmaps);
    }

    /** Decode what comes next on the two main sliders, while there is room and nothing else is asked for. */
    async #lookAhead() {
      const at = this.#at;
      for (const steps of AHEAD) {
        for (const axis of [at.length - 1, 0]) {
          const next = [...at];
          next[axis] += steps;
          if (next[axis] < 0 || next[axis] >= this.recording.shape[axis]) continue;
          for (const sheet of this.#needed(this.recording.position(next))) {
            if (this.#at !== at || !course.sheets.hasRoom()) return;
            await course.sheets.load(sheet);
          }
        }
      }
    }
  }

  function make(tag, properties = {}) {
    return Object.assign(document.createElement(tag), properties);
  }
})();

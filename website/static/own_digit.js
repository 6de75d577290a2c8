// The drawing pad in the page: slider, pad, scores, and where the two highest come from, pixel by pixel.
"use strict";

course.ownDigits = {}; // what website/pad.py has written down for each, by name

(() => {
  const SIDE = 28; // pixels of an image
  const { short } = course.numbers;

  addEventListener("DOMContentLoaded", async () => {
    for (const place of document.querySelectorAll(".own-digit")) {
      const { weights, images, labels, ...style } = course.ownDigits[place.dataset.name];
      const network = new course.DigitNetwork(weights, await bytesOf(images), labels);
      place.prepend(live(network, style));
      place.classList.add("is-live");
    }
  });

  /** The greys of a picture. */
  async function bytesOf(address) {
    const picture = Object.assign(new Image(), { src: address });
    await picture.decode();
    const canvas = make("canvas", { width: picture.width, height: picture.height });
    const context = canvas.getContext("2d");
    context.drawImage(picture, 0, 0);
    return context.getImageData(0, 0, canvas.width, canvas.height).data.filter((_, i) => i % 4 === 0);
  }

  function live(network, style) {
    const slider = make("input", { type: "range", min: 0, max: network.imageCount - 1, value: 0 });
    const number = make("span");
    const pad = make("div");
    const seen = new PixelPicture("what the network sees", (ink) => Array(3).fill(255 * (1 - ink)));
    const scores = new Scores(style);
    const best = [0, 1].map(() => [0, 1].map(() => new PixelPicture("", colouring(style))));
    const words = make("p", { className: "explorer-summary", role: "status" });

    const model = new course.Model({ ink: inkOf(slider) });
    const show = () => {
      const { buffer, byteOffset, byteLength } = model.get("ink");
      const found = network.read(new Uint8Array(buffer, byteOffset, byteLength), Number(slider.value));
      number.textContent = slider.value;
      seen.show(found.seen);
      scores.show(found.scores, found.best[0]);
      const isBlank = !found.seen.some(Boolean);
      best.forEach(([weights, products], k) => {
        const digit = found.best[k];
        weights.figure.hidden = products.figure.hidden = isBlank;
        weights.show(network.weights[digit], `weights of ${digit}?`);
        products.show(network.products(found.seen, digit), `pixel × weight, sum = ${short(found.scores[digit], 8, 3)}`);
      });
      words.textContent = found.words;
    };
    slider.addEventListener("input", () => model.set("ink", inkOf(slider)));
    model.on("change:ink", show);
    course.renderers.pad({ model, el: pad });
    show();

    const pictures = make("div", { className: "own-digit-pictures" });
    pictures.append(seen.figure, scores.figure, ...best.flat().map(({ figure }) => figure));
    const sideBySide = make("div", { className: "own-digit-parts" });
    sideBySide.append(pad, pictures);
    const label = make("label", { textContent: "test image" });
    label.append(slider, number);
    const all = make("div", { className: "own-digit-live" });
    all.append(label, sideBySide, words);
    return all;

    function inkOf({ value }) {
      return new DataView(network.inkOf(Number(value)).buffer);
    }
  }

  /** 28 × 28 numbers as squares. colourOf: gives red, green and blue, 0 to 255, for a number. */
  class PixelPicture {
    constructor(caption, colourOf) {
      this.canvas = make("canvas", { width: SIDE, height: SIDE, role: "img", ariaLabel: caption });
      this.caption = make("figcaption", { textContent: caption });
      this.figure = make("figure");
      this.figure.append(this.caption, this.canvas);
      this.colourOf = colourOf;
    }

    show(numbers, caption = this.caption.textContent) {
      const pixels = new ImageData(SIDE, SIDE);
      numbers.forEach((value, i) => pixels.data.set([...this.colourOf(value), 255], 4 * i));
      this.canvas.getContext("2d").putImageData(pixels, 0, 0);
      this.canvas.ariaLabel = this.caption.textContent = caption;
    }
  }

  /** colours: red, green and blue in hexadecimals, for numbers from -scale to scale. */
  function colouring({ colours, scale }) {
    const shades = colours.match(/.{6}/g).map((shade) => shade.match(/../g).map((part) => Number.parseInt(part, 16)));
    return (value) => {
      const place = Math.floor(((value / scale + 1) / 2) * shades.length);
      return shades[Math.min(Math.max(place, 0), shades.length - 1)];
    };
  }

  /** A bar for each digit, on a scale that stays as it is. */
  class Scores {
    constructor({ lowest, longest, highest, others }) {
      const share = (value) => (Math.min(Math.max(value, lowest), longest) - lowest) / (longest - lowest);
      this.list = make("ul");
      this.figure = make("figure", { className: "own-digit-scores" });
      this.figure.append(make("figcaption", { textContent: "scores (right digit: 1, others: 0)" }), this.list);
      for (const [name, value] of Object.entries({ highest, others, zero: share(0), one: share(1) })) {
        this.list.style.setProperty(`--${name}`, value);
      }
      this.rows = Array.from({ length: 10 }, (_, digit) => {
        const [row, bar, number] = [make("li"), make("span", { className: "bar" }), make("span")];
        row.append(`${digit}? `, bar, number);
        this.list.append(row);
        return { row, number, lengthen: (value) => bar.style.setProperty("--end", share(value)) };
      });
    }

    show(scores, highest) {
      this.rows.forEach(({ row, number, lengthen }, digit) => {
        number.textContent = (Number(scores[digit].toFixed(2)) + 0).toFixed(2);
        row.classList.toggle("highest", digit === highest && scores.some(Boolean));
        lengthen(scores[digit]);
      });
    }
  }

  function make(tag, properties = {}) {
    return Object.assign(document.createElement(tag), properties);
  }
})();

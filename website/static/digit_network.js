// What a network makes of what is on the pad: as helpers/explorers/own_digit.py has it, and in the same words.
"use strict";

course.DigitNetwork = (() => {
  const SIDE = 28; // pixels of an image
  const PAD_SIDE = 140; // pixels of the pad's ink
  const ENLARGED = PAD_SIDE / SIDE;
  const { brief } = course.numbers;

  return class {
    #images;
    #labels;

    /** weights: float32 in base64, a row of 784 for each digit. images: bytes, 784 each. */
    constructor(weights, images, labels) {
      const bytes = Uint8Array.from(atob(weights), (letter) => letter.charCodeAt(0));
      this.weights = inRows(new Float32Array(bytes.buffer));
      this.#images = inRows(images);
      this.#labels = labels;
    }

    get imageCount() {
      return this.#images.length;
    }

    /** The ink of a test image, laid on the pad five times as large. */
    inkOf(number) {
      const image = this.#images[number];
      return Uint8Array.from({ length: PAD_SIDE ** 2 }, (_, i) => {
        const row = Math.floor(i / PAD_SIDE / ENLARGED);
        const column = Math.floor((i % PAD_SIDE) / ENLARGED);
        return image[row * SIDE + column];
      });
    }

    /** What is seen of the ink, its scores, the two highest of them, and a sentence. number: the chosen test image. */
    read(ink, number) {
      const isOwn = this.inkOf(number).some((byte, i) => byte !== ink[i]);
      const seen = isOwn ? course.asMnist(ink) : Float64Array.from(this.#images[number], (byte) => byte / 255);
      const scores = this.weights.map((_, digit) => sum(this.products(seen, digit)));
      const best = [...scores.keys()].sort((one, other) => scores[other] - scores[one]).slice(0, 2);
      const what = isOwn ? "your drawing" : `test image ${number}, a ${this.#labels[number]},`;
      return { seen, scores, best, words: sentence(what, seen, scores, best) };
    }

    /** Pixel × weight, for each pixel of an image. */
    products(image, digit) {
      return image.map((pixel, i) => pixel * this.weights[digit][i]);
    }
  };

  function inRows(numbers) {
    const count = numbers.length / SIDE ** 2;
    return Array.from({ length: count }, (_, k) => numbers.subarray(k * SIDE ** 2, (k + 1) * SIDE ** 2));
  }

  function sum(numbers) {
    return numbers.reduce((total, each) => total + each, 0);
  }

  function sentence(what, seen, scores, best) {
    if (!seen.some(Boolean)) return "nothing is drawn yet: draw a digit, or choose a test image";
    if (!scores.some(Boolean)) return `${what} is taken for nothing: all scores are 0`;
    const twoBest = best.map((digit) => `${digit}? scores ${brief(scores[digit])}`);
    return `${what} is taken for a ${best[0]}: ${twoBest.join(", ")}`;
  }
})();

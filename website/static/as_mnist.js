// Makes a drawing into an image as MNIST's were made, step by step as helpers/datasets/handwriting.py does.
"use strict";

course.asMnist = (() => {
  const IMAGE_SIDE = 28; // pixels
  const BOX_SIDE = 20;

  /** ink: a square of bytes, row by row, 0 for paper to 255. Gives the 784 pixels, 0 to 1. */
  function asMnist(ink) {
    const image = new Float64Array(IMAGE_SIDE ** 2);
    if (!ink.some(Boolean)) return image;
    const { top, left, height, width } = boxOf(ink);
    const side = Math.sqrt(ink.length);
    const rows = shares(height, Math.max(height, width));
    const columns = shares(width, Math.max(height, width));
    for (let row = 0; row < BOX_SIDE; row++) {
      for (let column = 0; column < BOX_SIDE; column++) {
        for (const [y, down] of rows[row]) {
          for (const [x, across] of columns[column]) {
            image[row * IMAGE_SIDE + column] += (down * across * ink[(top + y) * side + left + x]) / 255;
          }
        }
      }
    }
    return centred(image);
  }

  /** The smallest part of the drawing that holds all ink. */
  function boxOf(ink) {
    const side = Math.sqrt(ink.length);
    const places = Array.from(ink.keys()).filter((place) => ink[place]);
    const rows = places.map((place) => Math.floor(place / side));
    const columns = places.map((place) => place % side);
    const [top, left] = [Math.min(...rows), Math.min(...columns)];
    return { top, left, height: Math.max(...rows) - top + 1, width: Math.max(...columns) - left + 1 };
  }

  /** For each of the 20 pixels that `longest` pixels are scaled to: which of `size` pixels it covers, and by how much. */
  function shares(size, longest) {
    return Array.from({ length: BOX_SIDE }, (_, k) => {
      const [from, to] = [(k * longest) / BOX_SIDE, ((k + 1) * longest) / BOX_SIDE];
      const found = [];
      for (let pixel = Math.floor(from); pixel < Math.min(to, size); pixel++) {
        const covered = Math.min(to, pixel + 1) - Math.max(from, pixel);
        found.push([pixel, (covered * BOX_SIDE) / longest]);
      }
      return found;
    });
  }

  /** With the ink's centre of mass in pixel 14 of both axes, or as near as the box's own edges allow. */
  function centred(image) {
    const rows = new Float64Array(IMAGE_SIDE);
    const columns = new Float64Array(IMAGE_SIDE);
    image.forEach((ink, place) => {
      rows[Math.floor(place / IMAGE_SIDE)] += ink;
      columns[place % IMAGE_SIDE] += ink;
    });
    const moved = new Float64Array(image.length);
    const by = shift(rows) * IMAGE_SIDE + shift(columns);
    moved.set(image.subarray(0, image.length - by), by);
    return moved;
  }

  /** How many pixels to move the ink of one axis. */
  function shift(ink) {
    const total = ink.reduce((sum, each) => sum + each);
    const moment = ink.reduce((sum, each, pixel) => sum + each * pixel, 0);
    const centre = Math.floor(moment / total + 0.5 + 1e-9); // a half goes up, whatever the last bit says
    const room = IMAGE_SIDE - 1 - ink.findLastIndex(Boolean);
    return Math.min(Math.max(IMAGE_SIDE / 2 - centre, 0), room);
  }

  return asMnist;
})();

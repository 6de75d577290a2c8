// Shows what live.py sends: the tiles of a picture that have changed, as a PNG, and the words for the whole.

function render({ model, el }) {
  const [width, height] = model.get("size");
  const canvas = document.createElement("canvas");
  canvas.className = "live-picture";
  canvas.role = "img";
  canvas.style.cssText = `display: block; background: white; width: ${width}px; max-width: 100%; aspect-ratio: ${width} / ${height}`;
  const words = document.createElement("div");
  words.className = "explorer-summary";
  words.role = "status";
  words.style.margin = "2px";
  el.append(canvas, words);

  const paper = canvas.getContext("2d");
  let turn = Promise.resolve(); // sheets of tiles are decoded side by side, and put down in the order in which they came

  const show = ({ pixels, tile, changed, summary }, buffers) => {
    const sheets = buffers.map((png) => createImageBitmap(new Blob([png])));
    turn = turn.then(async () => {
      const [sheet] = await Promise.all(sheets);
      if (canvas.width !== pixels[0] || canvas.height !== pixels[1]) [canvas.width, canvas.height] = pixels;
      const place = (number, width) => {
        const across = Math.ceil(width / tile);
        return [(number % across) * tile, Math.floor(number / across) * tile];
      };
      changed.forEach((number, i) =>
        paper.drawImage(sheet, ...place(i, sheet.width), tile, tile, ...place(number, canvas.width), tile, tile),
      );
      canvas.ariaLabel = words.textContent = summary;
    });
  };

  // Asked when the picture comes up, when the page is zoomed, and when it moves to another screen.
  const gone = new AbortController();
  const ask = () => {
    model.send({ density: devicePixelRatio });
    const screen = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    screen.addEventListener("change", ask, { once: true, signal: gone.signal });
  };

  model.on("msg:custom", show);
  ask();
  return () => {
    model.off("msg:custom", show);
    gone.abort();
  };
}

export default { render };

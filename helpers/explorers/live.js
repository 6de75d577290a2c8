// Shows what live.py sends: pieces of a picture, each a PNG and where it belongs, and the words for the whole.

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
  let turn = Promise.resolve(); // pieces are decoded side by side, and put down in the order in which they came

  const show = ({ pixels, at, summary }, buffers) => {
    const pieces = buffers.map((png) => createImageBitmap(new Blob([png])));
    turn = turn.then(async () => {
      const [piece] = await Promise.all(pieces);
      if (canvas.width !== pixels[0] || canvas.height !== pixels[1]) [canvas.width, canvas.height] = pixels;
      if (piece) paper.drawImage(piece, ...at);
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

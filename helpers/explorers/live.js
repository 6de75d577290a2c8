// Shows what live.py sends: the tiles of a picture that have changed, as a PNG, and the words for the whole. In a page that
// was saved, and has no kernel that would send anything, it shows the model's `still` picture.

const REST = 1000; // milliseconds without a new picture

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
  const lost = document.createElement("div");
  lost.className = "explorer-lost";
  lost.style.margin = "2px";
  lost.textContent = "No kernel moves this picture any more. To bring the sliders back, choose Run → Run All Cells.";
  el.append(canvas, words, lost);

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
      clearTimeout(resting);
      resting = setTimeout(keep, REST);
    });
  };

  // Where the page saves the state of its widgets, the picture that is there goes with it; the kernel has it already.
  let resting = 0;
  const keep = () =>
    canvas.toBlob(async (png) => {
      model.set("still", { png: new DataView(await png.arrayBuffer()), words: words.textContent });
    });

  const { png, words: saved } = model.get("still");
  if (png) {
    canvas.ariaLabel = words.textContent = saved;
    turn = createImageBitmap(new Blob([png])).then((picture) => {
      [canvas.width, canvas.height] = [picture.width, picture.height];
      paper.drawImage(picture, 0, 0);
    });
  }

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
    clearTimeout(resting);
    gone.abort();
  };
}

export default { render };

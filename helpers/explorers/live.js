// Shows what live.py sends: the tiles of a picture that have changed, as a PNG, the words for the whole, and the grips: what
// can be taken hold of in it. In a page that was saved, and has no kernel that would send anything, it shows the model's
// `still` picture. On the website, where the model plays a recording, the tiles come from several sheets that are decoded
// already, and there is no `still`.

const REST = 1000; // milliseconds without a new picture
const PATIENCE = 300; // milliseconds after which the answer to a drag is no longer waited for
const KEY_STEP = 0.005; // how far an arrow key moves a grip, in widths of the picture

function render({ model, el }) {
  const [width, height] = model.get("size");
  const frame = document.createElement("div");
  frame.style.cssText = `position: relative; width: ${width}px; max-width: 100%`;
  const canvas = document.createElement("canvas");
  canvas.className = "live-picture";
  canvas.role = "img";
  canvas.style.cssText = `display: block; background: white; width: 100%; aspect-ratio: ${width} / ${height}`;
  const words = document.createElement("div");
  words.className = "explorer-summary";
  words.role = "status";
  words.style.margin = "2px";
  const lost = document.createElement("div");
  lost.className = "explorer-lost";
  lost.style.margin = "2px";
  lost.textContent = "No kernel moves this picture any more. To bring the sliders back, choose Run → Run All Cells.";
  frame.append(canvas);
  el.append(frame, words, lost);

  const gone = new AbortController();
  const { signal } = gone;
  const paper = canvas.getContext("2d");
  let turn = Promise.resolve(); // sheets of tiles are decoded side by side, and put down in the order in which they came

  // from: for each changed tile its sheet, and its place there; without it, the only sheet has them one after the other.
  const show = ({ pixels, tile, changed, from = changed.map((_, i) => [0, i]), summary, grips }, sheets) => {
    const decoded = sheets.map((sheet) => (sheet instanceof ImageBitmap ? sheet : createImageBitmap(new Blob([sheet]))));
    turn = turn.then(async () => {
      const bitmaps = await Promise.all(decoded);
      if (canvas.width !== pixels[0] || canvas.height !== pixels[1]) [canvas.width, canvas.height] = pixels;
      const place = (number, width) => {
        const across = Math.ceil(width / tile);
        return [(number % across) * tile, Math.floor(number / across) * tile];
      };
      changed.forEach((number, i) => {
        const sheet = bitmaps[from[i][0]];
        const source = place(from[i][1], sheet.width);
        paper.drawImage(sheet, ...source, tile, tile, ...place(number, canvas.width), tile, tile);
      });
      canvas.ariaLabel = words.textContent = summary;
      putGrips(grips);
      canvas.dispatchEvent(new Event("picture-shown", { bubbles: true }));
      clearTimeout(resting);
      if (still) resting = setTimeout(keep, REST);
    });
  };

  // What can be taken hold of: by mouse, pen and finger, and with the arrow keys if it moves to left and right alone.
  const held = new Map(); // grips by their names
  const putGrips = (grips) => {
    for (const [name, grip] of held) if (!grips.some((each) => each.name === name)) grip.hidden = !grip.dataset.held;
    for (const { name, x, y, value } of grips) {
      if (!held.has(name)) held.set(name, newGrip(name, value !== null));
      const grip = held.get(name);
      grip.hidden = false;
      grip.style.left = `${100 * x}%`;
      grip.style.top = `${100 * y}%`;
      if (value !== null) grip.ariaValueNow = grip.ariaValueText = value;
    }
  };

  const newGrip = (name, hasKeys) => {
    const grip = document.createElement("div");
    grip.className = "explorer-grip";
    grip.title = `drag: ${name}`;
    if (hasKeys) {
      [grip.role, grip.ariaLabel, grip.tabIndex] = ["slider", name, 0];
      grip.dataset.lmSuppressShortcuts = true; // JupyterLab has other uses for these keys
    } else {
      grip.ariaHidden = true;
    }

    let next = null; // only the latest place is sent, and only when the picture of the one before has come
    let waiting = 0;
    const send = () => {
      clearTimeout(waiting);
      waiting = 0;
      if (!next) return;
      model.send(next);
      next = null;
      waiting = setTimeout(send, PATIENCE);
    };
    let off = null; // from the grip's middle to where it is held; null while nothing drags it
    const bring = (x, y, last) => {
      next = { grip: name, x, y, last };
      if (!waiting || last) send();
    };
    const drag = (event, last) => {
      const { left, top, width, height } = frame.getBoundingClientRect();
      bring((event.clientX - off.x - left) / width, (event.clientY - off.y - top) / height, last);
    };
    const listen = (type, action) => grip.addEventListener(type, action, { signal });

    canvas.addEventListener("picture-shown", send, { signal });
    listen("pointerdown", (event) => {
      const { left, top, width, height } = grip.getBoundingClientRect();
      off = { x: event.clientX - left - width / 2, y: event.clientY - top - height / 2 };
      grip.setPointerCapture(event.pointerId);
    });
    listen("pointermove", (event) => {
      if (!off) return;
      grip.dataset.held = true;
      drag(event, false);
    });
    listen("lostpointercapture", (event) => {
      if (grip.dataset.held) drag(event, true);
      delete grip.dataset.held;
      off = null;
    });
    listen("keydown", (event) => {
      const steps = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!hasKeys || !steps) return;
      event.preventDefault();
      const [x, y] = [grip.style.left, grip.style.top].map((share) => Number.parseFloat(share) / 100);
      bring(x + steps * KEY_STEP, y, true);
    });
    frame.append(grip);
    return grip;
  };

  const press = ({ offsetX, offsetY }) => {
    model.send({ pressed: true, x: offsetX / canvas.clientWidth, y: offsetY / canvas.clientHeight });
  };
  canvas.addEventListener("click", press, { signal });

  // Where the page saves the state of its widgets, the picture that is there goes with it; the kernel has it already.
  let resting = 0;
  const keep = () =>
    canvas.toBlob(async (png) => {
      model.set("still", { png: new DataView(await png.arrayBuffer()), words: words.textContent });
    });

  const still = model.get("still");
  if (still?.png) {
    canvas.ariaLabel = words.textContent = still.words;
    turn = createImageBitmap(new Blob([still.png])).then((picture) => {
      [canvas.width, canvas.height] = [picture.width, picture.height];
      paper.drawImage(picture, 0, 0);
    });
  }

  // Asked when the picture comes up, when the page is zoomed, and when it moves to another screen.
  const ask = () => {
    model.send({ density: devicePixelRatio });
    const screen = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    screen.addEventListener("change", ask, { once: true, signal });
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

// White paper to draw on. The ink is a square of bytes, row by row, 0 for paper to 255 for ink, in the model's `ink`.
// ipywidgets holds a change back until the kernel has dealt with the last one, and then sends only the newest.

const PAPER = 280; // pixels of the page
const PEN = 22;

export default { render };

function render({ model, el }) {
  const side = Math.sqrt(model.get("ink").byteLength);
  const page = sheet(Math.round(PAPER * devicePixelRatio)); // as sharp as the screen
  const ink = sheet(side);
  const pens = new Map(); // where the pointers are that are drawing now
  let waiting = false;
  let telling = false;

  function line([x, y], [toX, toY]) {
    for (const { context } of [page, ink]) {
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(toX, toY);
      context.stroke();
    }
    if (!waiting) requestAnimationFrame(tell);
    waiting = true;
  }

  function tell() {
    waiting = false;
    const bytes = new Uint8Array(side * side);
    const { data } = ink.context.getImageData(0, 0, side, side);
    for (let i = 0; i < bytes.length; i++) bytes[i] = data[4 * i + 3];
    telling = true;
    model.set("ink", new DataView(bytes.buffer));
    telling = false;
    model.save_changes();
  }

  function show() {
    if (telling) return;
    const { buffer, byteOffset } = model.get("ink");
    const bytes = new Uint8Array(buffer, byteOffset, side * side);
    const pixels = new ImageData(side, side);
    for (let i = 0; i < bytes.length; i++) pixels.data[4 * i + 3] = bytes[i];
    ink.context.putImageData(pixels, 0, 0);
    page.context.clearRect(0, 0, PAPER, PAPER);
    page.context.drawImage(ink.canvas, 0, 0, PAPER, PAPER);
  }

  function clear() {
    for (const { context } of [page, ink]) context.clearRect(0, 0, PAPER, PAPER);
    tell();
  }

  const { canvas } = page;
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    const [x, y] = place(event);
    pens.set(event.pointerId, [x, y]);
    line([x, y], [x + 0.1, y]); // so that a tap makes a dot: a line of no length is not drawn
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!pens.has(event.pointerId)) return;
    const moves = event.getCoalescedEvents?.() ?? [event]; // not there without https, unless on localhost
    for (const move of moves) {
      const next = place(move);
      line(pens.get(event.pointerId), next);
      pens.set(event.pointerId, next);
    }
  });
  canvas.addEventListener("lostpointercapture", (event) => pens.delete(event.pointerId));

  function place(event) {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left - canvas.clientLeft, event.clientY - box.top - canvas.clientTop];
  }

  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", "drawing pad for mouse, pen or finger; with the keyboard, choose a test image");
  canvas.style.cssText = `width: ${PAPER}px; height: ${PAPER}px; box-sizing: content-box; display: block;
    background: white; border: 1px solid #aaaaaa; cursor: crosshair; touch-action: none; user-select: none`;

  const button = document.createElement("button");
  button.textContent = "clear";
  button.className = "jupyter-button widget-button";
  button.style.marginTop = "4px";
  button.addEventListener("click", clear);

  el.append(canvas, button);
  model.on("change:ink", show);
  show();
  return () => model.off("change:ink", show);
}

/** A canvas of `size` by `size` pixels whose pen thinks in the paper's. */
function sheet(size) {
  const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.scale(size / PAPER, size / PAPER);
  Object.assign(context, { lineWidth: PEN, lineCap: "round", strokeStyle: "black" });
  return { canvas, context };
}

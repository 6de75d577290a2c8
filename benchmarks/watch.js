// Notes when a key or a button is pressed, when the mouse moves, and when a new picture below `root` arrives and has been
// painted. A picture is an <img> (the usual way) or a <canvas> on which decoded tiles are drawn (ours); on the website the
// tiles have been decoded before.
(root) => {
  const watch = { moves: [], pictures: [], pressed: null };

  // A message sent while a frame is being prepared is delivered once that frame has been painted.
  const afterPaint = (task) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = task;
    port2.postMessage(null);
  };
  const onceShown = (arrived, isStillThere) =>
    requestAnimationFrame(() => {
      if (isStillThere()) afterPaint(() => watch.pictures.push({ arrived, painted: performance.now() }));
    });

  const picture = () => root.querySelector("img");
  let last = picture()?.src;
  new MutationObserver(async () => {
    const image = picture();
    if (!image?.src || image.src === last) return;
    const arrived = performance.now();
    const src = (last = image.src);
    try {
      await image.decode();
    } catch {
      return; // another picture took its place
    }
    onceShown(arrived, () => picture() === image && image.src === src);
  }).observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ["src"] });

  const arrivals = new WeakMap();
  const decode = window.createImageBitmap;
  window.createImageBitmap = async (...what) => {
    const arrived = performance.now();
    const bitmap = await decode(...what);
    arrivals.set(bitmap, arrived);
    return bitmap;
  };
  let isNew = true; // whether the next tile is the first of a picture
  root.addEventListener("picture-shown", () => (isNew = true), true);
  const draw = CanvasRenderingContext2D.prototype.drawImage;
  CanvasRenderingContext2D.prototype.drawImage = function (bitmap, ...where) {
    draw.call(this, bitmap, ...where);
    if (!root.contains(this.canvas) || !isNew) return;
    isNew = false; // its other tiles belong to the same picture
    onceShown(arrivals.get(bitmap) ?? performance.now(), () => true);
  };

  for (const press of ["keydown", "click"]) addEventListener(press, () => (watch.pressed = performance.now()), true);
  addEventListener("mousemove", () => watch.moves.push(performance.now()), true);

  watch.clear = () => Object.assign(watch, { moves: [], pictures: [], pressed: null });

  // Resolves once there was at least one picture and then none for `quiet` milliseconds, or none at all for `patience`.
  watch.settled = async (quiet, patience) => {
    const began = performance.now();
    const waiting = () => {
      const latest = Math.max(began, watch.pictures.at(-1)?.painted ?? 0);
      return performance.now() - latest < (watch.pictures.length ? quiet : patience);
    };
    while (waiting()) await new Promise((next) => setTimeout(next, 20));
    return { pressed: watch.pressed, moves: watch.moves, pictures: watch.pictures };
  };

  window.watch = watch;
}

// The buttons that move a slider of the explorer: to the start, one back, play or pause, one forward; and the pace.

const PATIENCE = 1500; // milliseconds after which a picture that hasn't come is no longer waited for
const PACES = { "1 a second": 1, "3 a second": 3, "10 a second": 10, "as fast as it can": 0 };
const DRAWN = {
  "back to the start": "M0 0h3v14H0zM14 0v14L4 7z",
  "one step back": "M11 0v14L1 7zM11 0h2v14h-2z",
  play: "M2 0v14l11-7z",
  pause: "M2 0h4v14H2zM8 0h4v14H8z",
  "one step forward": "M3 0v14l10-7zM1 0h2v14H1z",
};

async function render({ model, el }) {
  const slider = await model.widget_manager.get_model(model.get("slider"));
  const gone = new AbortController();
  const { signal } = gone;

  const button = (name, action) => {
    const made = document.createElement("button");
    made.className = "jupyter-widgets jupyter-button widget-button";
    made.addEventListener("click", action, { signal });
    label(made, name);
    return made;
  };

  const value = () => slider.get("value");
  const move = (to) => {
    const number = Math.min(Math.max(to, slider.get("min")), slider.get("max"));
    if (number === value() || slider.get("disabled")) return;
    slider.set("value", number);
    slider.save_changes();
  };
  const set = (name, to) => {
    model.set(name, to);
    model.save_changes();
  };
  const step = (to) => {
    set("playing", false);
    move(to);
  };

  // Where it should be by now is reckoned from the clock, not counted: it may skip, but never piles up pictures.
  let timer = 0;
  let mine = false; // of all places where the explorer is shown, the one in which play was pressed moves the slider
  let shown = true; // whether the picture of `last` has come
  let begun = {};
  let last = 0;
  let asked = 0;

  const begin = () => {
    last = value();
    begun = { at: performance.now(), value: last };
  };
  const due = () => {
    const pace = model.get("pace");
    return pace ? begun.value + Math.floor(((performance.now() - begun.at) * pace) / 1000) : last + 1;
  };
  const tick = () => {
    if (!mine) return;
    if (value() !== last) begin(); // somebody else has moved the slider
    if (due() > last && (shown || performance.now() - asked > PATIENCE)) {
      shown = false;
      asked = performance.now();
      move(due());
      last = value();
    }
    if (last >= slider.get("max")) set("playing", false);
    else timer = setTimeout(tick, 5);
  };
  const play = () => {
    if (model.get("playing")) {
      set("playing", false);
      return;
    }
    if (value() >= slider.get("max")) move(slider.get("min"));
    mine = shown = true;
    set("playing", true);
    begin();
    tick();
  };

  const toStart = button("back to the start", () => step(slider.get("min")));
  const back = button("one step back", () => step(value() - 1));
  const playing = button("play", play);
  const forward = button("one step forward", () => step(value() + 1));
  const pace = document.createElement("select");
  pace.ariaLabel = "steps a second";
  for (const [words, number] of Object.entries(PACES)) pace.add(new Option(words, number));
  pace.addEventListener("change", () => set("pace", Number(pace.value)), { signal });

  const bar = document.createElement("div");
  bar.className = "explorer-player";
  bar.role = "group";
  bar.ariaLabel = `play ${slider.get("description")}`;
  bar.dataset.lmSuppressShortcuts = true; // JupyterLab has other uses for these keys
  bar.append(toStart, back, playing, forward, pace);
  el.append(bar);

  const keys = { ArrowLeft: back, ArrowRight: forward, Home: toStart };
  const press = (event) => {
    if (event.target !== pace && keys[event.key]) {
      keys[event.key].click();
      event.preventDefault();
    }
  };
  bar.addEventListener("keydown", press, { signal });

  const follow = () => {
    label(playing, model.get("playing") ? "pause" : "play");
    pace.value = model.get("pace");
    if (!model.get("playing")) mine = false;
    if (model.get("playing") && mine) begin();
  };
  const count = () => (shown = true);
  const listen = () => {
    const explorer = el.closest(".explorer");
    if (explorer) explorer.addEventListener("picture-shown", count, { signal });
    else if (!signal.aborted) requestAnimationFrame(listen); // until this is on the page
  };

  model.on("change:playing change:pace", follow);
  follow();
  listen();
  return () => {
    if (mine) set("playing", false);
    clearTimeout(timer);
    model.off("change:playing change:pace", follow);
    gone.abort();
  };
}

const label = (button, name) => {
  button.ariaLabel = button.title = name;
  button.innerHTML = `<svg viewBox="0 0 14 14" aria-hidden="true"><path d="${DRAWN[name]}"/></svg>`;
};

export default { render };

// What ipywidgets' sliders lack: the label as a name, the number as a value, and a number to be typed, in any of
// 0.02, 0,02 and 1,234. The names are for screen readers.

function render({ model, el }) {
  const changes = new MutationObserver(() => name());
  const gone = new AbortController();
  let explorer = null;
  let waiting = 0;

  const parts = (slider) => [".noUi-handle", ".widget-label", ".widget-readout"].map((part) => slider.querySelector(part));

  const name = () => {
    for (const slider of explorer.querySelectorAll(".widget-slider")) {
      const [handle, label, readout] = parts(slider);
      if (!handle) continue;
      handle.ariaLabel = label.textContent;
      handle.ariaValueText = readout.textContent;
      readout.ariaLabel = `${label.textContent}, as a number`;
      readout.role = "textbox";
      readout.contentEditable = true;
      readout.tabIndex = 0;
    }
  };

  // A number is taken when it is left, or at Enter; before ipywidgets gets to read it, and only up to a comma.
  const take = async (event) => {
    const readout = event.target;
    if (!readout.matches(".widget-readout") || (event.type === "keydown" && event.key !== "Enter")) return;
    event.preventDefault();
    event.stopPropagation();
    const [, label] = parts(readout.closest(".widget-slider"));
    const sliders = await Promise.all(model.get("models").map((id) => model.widget_manager.get_model(id)));
    const slider = sliders.find((one) => one.get("description") === label.textContent);
    const labels = slider.get("_options_labels");
    const typed = readout.textContent.trim();
    const number = labels ? decimal(typed) : Math.round(whole(typed));
    if (!Number.isNaN(number)) {
      if (labels) slider.set("index", nearest(labels.map(Number), number));
      else slider.set("value", Math.min(Math.max(number, slider.get("min")), slider.get("max")));
      slider.save_changes();
    }
    readout.textContent = labels ? labels[slider.get("index")] : slider.get("value");
  };

  const begin = () => {
    explorer = el.closest(".explorer");
    if (!explorer) {
      waiting = requestAnimationFrame(begin); // until this is on the page
      return;
    }
    changes.observe(explorer, { subtree: true, childList: true, characterData: true });
    for (const event of ["keydown", "blur"]) explorer.addEventListener(event, take, { capture: true, signal: gone.signal });
    name();
  };

  begin();
  return () => {
    cancelAnimationFrame(waiting);
    changes.disconnect();
    gone.abort();
  };
}

/** 0.02 or 0,02; NaN for what is no number. */
const decimal = (text) => (text === "" ? NaN : Number(text.replace(",", ".")));

/** 1234, 1,234, 1.234 or 1 234. */
const whole = (text) => (/^\d{1,3}([,.' \u00a0\u202f]\d{3})+$/.test(text) ? Number(text.replace(/\D/g, "")) : decimal(text));

const nearest = (numbers, wanted) => {
  const distances = numbers.map((number) => Math.abs(number - wanted));
  return distances.indexOf(Math.min(...distances));
};

export default { render };

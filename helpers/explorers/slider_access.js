// What ipywidgets leaves out: the label of a slider as its name, the number that it shows as its value.

function render({ el }) {
  const changes = new MutationObserver(() => name());
  let explorer = null;
  let waiting = 0;

  const name = () => {
    for (const slider of explorer.querySelectorAll(".widget-slider")) {
      const [handle, label, readout] = [".noUi-handle", ".widget-label", ".widget-readout"].map((part) => slider.querySelector(part));
      if (!handle) continue;
      handle.ariaLabel = label.textContent;
      handle.ariaValueText = readout.textContent;
      readout.ariaLabel = `${label.textContent}, as a number`;
    }
  };

  const begin = () => {
    explorer = el.closest(".explorer");
    if (!explorer) {
      waiting = requestAnimationFrame(begin); // until this is on the page
      return;
    }
    changes.observe(explorer, { subtree: true, childList: true, characterData: true });
    name();
  };

  begin();
  return () => {
    cancelAnimationFrame(waiting);
    changes.disconnect();
  };
}

export default { render };

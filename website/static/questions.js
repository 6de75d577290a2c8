// Questions: who commits to an answer is told what the notebook would reply, wherever the explorer below has been moved.
"use strict";

(() => {
  const { general } = course.numbers;

  addEventListener("DOMContentLoaded", () => {
    for (const question of document.querySelectorAll(".question")) {
      const form = question.querySelector("form");
      ask(form, JSON.parse(question.querySelector("script").textContent));
      form.hidden = false;
      question.classList.add("is-live");
    }
  });

  function ask(form, data) {
    const status = form.querySelector("[role=status]");
    const explorer = explorerOf(form);
    const say = (paragraphs) =>
      status.replaceChildren(
        ...paragraphs.map((text) => Object.assign(document.createElement("p"), { textContent: text })),
      );

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const answer = given(form);
      if (answer === null) {
        say([data.missing]);
        return;
      }
      fieldsOf(form).disabled = true;
      const reply = () => say(replyTo(answer, data, { ...data.start, ...explorer?.position }));
      reply();
      explorer?.addEventListener("position-shown", reply);
      const asked = [...document.querySelectorAll(".question form")].filter((each) => explorerOf(each) === explorer);
      if (explorer && asked.every((each) => fieldsOf(each).disabled)) reveal(explorer);
    });
  }

  /** Has the explorer show what it hid; as soon as it is there, if it has not been scrolled to yet. */
  function reveal(explorer) {
    const show = () => explorer.dispatchEvent(new Event("answers-shown"));
    if (explorer.position) show();
    else explorer.addEventListener("position-shown", show, { once: true });
  }

  /** What can be answered, until the reader has committed. */
  function fieldsOf(form) {
    return form.querySelector("fieldset");
  }

  /** The place where the question's explorer is shown next. */
  function explorerOf(form) {
    const shown = [...document.querySelectorAll(`.recorded-explorer[data-explorer="${form.dataset.explorer}"]`)];
    const isBelow = (each) => form.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING;
    return shown.find(isBelow) ?? shown.at(-1);
  }

  /** The answer as a number: which choice it is, or what was written; null if there is none yet. */
  function given(form) {
    const written = form.querySelector("[inputmode]");
    if (written) return numberIn(written.value);
    const chosen = form.querySelector(":checked");
    return chosen && Number(chosen.value);
  }

  /** As helpers/predict/question.py reads it: with a decimal point or comma, and perhaps a percent sign. */
  function numberIn(text) {
    const digits = text.trim().replace(/%+$/, "").replaceAll(",", ".").trim();
    const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(digits) ? Number(digits) : Infinity;
    return Number.isFinite(value) ? value : null;
  }

  function replyTo(answer, data, position) {
    let said = data.said[data.nearness ? 0 : answer];
    for (const [name, stops] of Object.entries(data.stops)) said = said[stops.indexOf(position[name])];
    const paragraphs = data.replies[said].map((number) => data.paragraphs[number]);
    if (!data.nearness) return paragraphs;
    const nearness = `You said ${general(answer)}: ${course.nearness[data.nearness](answer, data.truth)}.`;
    return paragraphs.map((paragraph) => paragraph.replace("{nearness}", nearness));
  }

  // The words of helpers/predict/words.py, by the names of its functions.
  course.nearness = {
    nearness_of_alpha(answer, limit) {
      if (answer <= 0) return "with an alpha of 0 or less, nothing is ever learnt";
      const factor = answer / limit;
      if (Math.abs(factor - 1) < 0.03) return "very near";
      if (factor > 1) return `${general(factor, 3)} times too large`;
      return `${general(1 / factor, 3)} times too small`;
    },

    nearness_of_share(answer, share) {
      const difference = answer - share;
      if (Math.abs(difference) < 2) return "very near";
      if (difference > 0) return `${difference.toFixed(0)} too high`;
      return `${(-difference).toFixed(0)} too low`;
    },
  };
})();

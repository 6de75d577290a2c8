// Numbers as helpers/figures/numbers.py and Python's own formats write them.
"use strict";

course.numbers = (() => {
  /** `value` with so many significant digits: 0.1119, 8.5, 3.2e+12. What is closer to 0 than `smallest` is 4.3e-7. */
  function number(value, digits, { keepZeros = false, smallest = 1e-6 } = {}) {
    const [mantissa, exponent] = (value + 0).toExponential(digits - 1).split("e");
    const size = Math.abs(value);
    if (value && !(smallest <= size && size < 1e6)) return `${trimmed(mantissa, keepZeros)}e${exponent}`;
    const decimals = Math.max(digits - 1 - Number(exponent), 0);
    return trimmed(Number(`${mantissa}e${exponent}`).toFixed(decimals), keepZeros);
  }

  function trimmed(decimal, keepZeros) {
    if (keepZeros || !decimal.includes(".")) return decimal;
    return decimal.replace(/\.?0+$/, "");
  }

  /** `value` in at most so many letters, 8 or more; it loses digits where room is short. */
  function short(value, letters, digits) {
    const text = number(value, digits, { smallest: 1e-4 });
    if (text.length <= letters || digits === 1) return text;
    return short(value, letters, digits - 1);
  }

  /** Three significant digits, zeros kept: 0.0100. */
  const brief = (value) => number(value, 3, { keepZeros: true });

  /** As Python's f"{value:.6g}" does: 0.027, 1e-05, 1.5e+20. */
  function general(value, digits = 6) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
    const power = Number(exponent);
    if (-4 <= power && power < digits) return trimmed(value.toFixed(digits - 1 - power), false);
    return `${trimmed(mantissa, false)}e${exponent[0]}${String(Math.abs(power)).padStart(2, "0")}`;
  }

  return { number, short, brief, general };
})();

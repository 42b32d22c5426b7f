/* Names the browser's time zone where nobody has named one; without script the field stays empty, and its placeholder holds. */
(() => {
  const field = document.querySelector("input[name=timezone][data-guess]");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (field && [...field.list.options].some((option) => option.value === zone)) {
    field.defaultValue = zone;
  }
})();

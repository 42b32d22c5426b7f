/*
 * Names the browser's time zone where nobody has named one; without script the field stays empty, and the service's own
 * holds. A field with a list is given only what is on it.
 */
(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  document.querySelectorAll("input[data-guess]").forEach((field) => {
    if (zone && (!field.list || [...field.list.options].some((option) => option.value === zone))) {
      field.defaultValue = zone;
    }
  });
})();

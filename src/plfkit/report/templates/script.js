(() => {
  const all = (query) => [...document.querySelectorAll(query)];
  const mark = {
    school: (id) => all("[data-school]").forEach((one) => one.classList.toggle("dim", id !== "" && one.dataset.school !== id)),
    picture: (id) => all("[data-picture]").forEach((one) => { one.hidden = one.dataset.picture !== id; }),
    moved: (word) => all("[data-moved]").forEach((one) => { one.hidden = word !== "" && one.dataset.moved !== word; }),
  };
  for (const one of all("[data-print]")) {
    one.hidden = false;
    one.addEventListener("click", (event) => {
      event.preventDefault();
      location.hash = one.hash || "";
      print();
      history.replaceState(null, "", location.pathname + location.search);
      location.hash = "";
    });
  }
  for (const select of all("select[data-pick]")) {
    const said = select.parentElement.querySelector("output");
    const pick = () => {
      mark[select.dataset.pick](select.value);
      if (said) said.textContent = select.selectedOptions[0].dataset.says || "";
    };
    select.closest(".pick").hidden = false;
    select.addEventListener("change", pick);
    pick();
  }
})();

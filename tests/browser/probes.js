// What a page is asked, once it is laid out. Each probe returns sentences on what is wrong, or facts.
(() => {
    const SLACK = 2; // pixels: letters have room above and below them, and layouts are rounded

    const name = (element) =>
        `<${element.tagName.toLowerCase()}${element.id ? ` id=${element.id}` : ""}` +
        `${element.getAttribute("class") ? ` class="${element.getAttribute("class")}"` : ""}>`;
    const squeeze = (text) => text.replace(/\s+/g, " ").trim();
    const say = (element) => `${name(element)} “${squeeze(element.textContent).slice(0, 60)}”`;
    const isShown = (element) =>
        element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
    // Words for those who listen alone are clipped to a dot.
    const isForListeners = (element) => {
        const box = element.getBoundingClientRect();
        return box.width <= 1 || box.height <= 1 || element.closest("[aria-hidden=true]") !== null;
    };
    const intersect = (one, other) =>
        Math.min(one.right, other.right) - Math.max(one.left, other.left) > SLACK &&
        Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > SLACK;

    // Every line of text that is seen, with the box around it.
    const listLines = () => {
        const lines = [];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const parent = node.parentElement;
            if (!node.data.trim() || !isShown(parent) || isForListeners(parent)) continue;
            const range = document.createRange();
            range.selectNodeContents(node);
            for (const box of range.getClientRects()) {
                // Lines stand closer than the boxes of their letters.
                const rise = box.height * 0.15;
                const lower = { top: box.top + rise, bottom: box.bottom - rise };
                lines.push({ node, parent, left: box.left, right: box.right, ...lower });
            }
        }
        return lines;
    };

    return {
        openDetails() {
            for (const details of document.querySelectorAll("details")) details.open = true;
        },

        findOverlaps() {
            const lines = listLines().sort((one, other) => one.top - other.top);
            const found = new Set();
            lines.forEach((line, place) => {
                for (let next = place + 1; next < lines.length; next += 1) {
                    const other = lines[next];
                    if (other.top > line.bottom) break;
                    if (other.node !== line.node && intersect(line, other))
                        found.add(`${say(line.parent)} lies over ${say(other.parent)}`);
                }
            });
            return [...found];
        },

        findTextOutsidePictures() {
            const found = [];
            for (const svg of document.querySelectorAll("svg")) {
                const frame = svg.getBoundingClientRect();
                for (const text of isShown(svg) ? svg.querySelectorAll("text") : []) {
                    const box = text.getBoundingClientRect();
                    const out = Math.max(
                        frame.left - box.left, box.right - frame.right,
                        frame.top - box.top, box.bottom - frame.bottom,
                    );
                    if (out > SLACK) found.push(`${say(text)} leaves its picture by ${out.toFixed()} px`);
                }
            }
            return found;
        },

        findSideways() {
            const found = [];
            const page = document.documentElement;
            if (page.scrollWidth > page.clientWidth)
                found.push(`the page is ${page.scrollWidth} px wide, of ${page.clientWidth}`);
            for (const box of document.querySelectorAll("body, body *")) {
                const flow = getComputedStyle(box).overflowX;
                const isWider = box.scrollWidth > box.clientWidth + 1 && box.clientWidth > 1;
                if (flow === "visible" || !isWider || !isShown(box)) continue;
                if (flow === "hidden" || flow === "clip") found.push(`${say(box)} is cut off`);
                else if (!box.classList.contains("scroll")) found.push(`${say(box)} scrolls sideways`);
            }
            return found;
        },

        findHidden() {
            const blocks = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, th, td, caption, figcaption, svg[role=img]";
            return [...document.querySelectorAll(blocks)]
                .filter((block) => block.matches("svg") || squeeze(block.textContent))
                // What is for paper alone says again what stands elsewhere on the page.
                .filter((block) => !isShown(block) && !block.closest("details:not([open]), .print-only"))
                .map(say);
        },

        listHeadings() {
            return [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
                .filter(isShown)
                .map((heading) => ({
                    level: Number(heading.tagName[1]),
                    text: squeeze(heading.innerText),
                    top: heading.getBoundingClientRect().top,
                }));
        },

        readPolicy() {
            const policy = document.querySelector("meta[http-equiv=Content-Security-Policy]");
            const isRun = (script) => !script.type || /javascript|module/.test(script.type);
            const scripts = [...document.querySelectorAll("script")].filter(isRun);
            return {
                policy: policy ? policy.content : "",
                scripts: scripts.map((script) => script.textContent),
                handlers: [...document.querySelectorAll("*")].flatMap((element) =>
                    element.getAttributeNames().filter((attribute) => attribute.startsWith("on")),
                ),
            };
        },

        listPictures() {
            const read = (ids) =>
                ids.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
            const listen = (svg) =>
                [
                    read(svg.getAttribute("aria-labelledby") ?? ""),
                    svg.getAttribute("aria-label") ?? "",
                    read(svg.getAttribute("aria-describedby") ?? ""),
                    svg.querySelector(":scope > title")?.textContent ?? "",
                    svg.querySelector(":scope > desc")?.textContent ?? "",
                ].join(" ");
            return [...document.querySelectorAll("svg")]
                .filter((svg) => svg.getAttribute("aria-hidden") !== "true" && !svg.closest("a, button"))
                .map((svg) => {
                    const figure = svg.closest("figure");
                    // The corner says what the names of rows are; whoever listens hears these.
                    const told = "table th, table td";
                    const cells = figure ? [...figure.querySelectorAll(told)].filter((cell) => !cell.matches("thead th:first-child")) : [];
                    return {
                        name: say(figure ?? svg),
                        role: svg.getAttribute("role"),
                        alt: squeeze(listen(svg)),
                        title: squeeze([...(figure?.querySelectorAll("figcaption, caption, h3, h4, h3 + p, h4 + p") ?? [])].map((one) => one.textContent).join(" ")),
                        cells: cells.map((cell) => squeeze(cell.textContent)).filter(Boolean),
                    };
                });
        },

        // The part of a sheet of A4 that is printed on, in pixels of 1/96 inch.
        measureSheet() {
            const sheet = { width: 210, height: 297, left: 10, right: 10, top: 10, bottom: 10 };
            const toMillimetres = { mm: 1, cm: 10, in: 25.4, pt: 25.4 / 72, px: 25.4 / 96 };
            for (const rule of [...document.styleSheets].flatMap((styles) => [...styles.cssRules])) {
                if (!(rule instanceof CSSPageRule) || rule.selectorText) continue;
                for (const side of ["left", "right", "top", "bottom"]) {
                    const [, size, unit] = rule.style[`margin-${side}`].match(/^([\d.]+)(\D*)$/) ?? [];
                    if (size) sheet[side] = Number(size) * (toMillimetres[unit] ?? 0);
                }
            }
            const pixels = 96 / 25.4;
            return {
                width: Math.round((sheet.width - sheet.left - sheet.right) * pixels),
                height: Math.round((sheet.height - sheet.top - sheet.bottom) * pixels),
                foot: (sheet.bottom * 72) / 25.4, // in points, as paper is read
            };
        },
    };
})()

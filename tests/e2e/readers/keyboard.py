"""A reader with a keyboard alone: everything is reached, in order, and is seen when it is."""

from playwright.sync_api import Page

STOPS_IN_DATE = 3  # besides the field itself: month, year and calendar
COVERED = "covered or off the screen"
MOST = 400  # steps from top to foot; a page with more than that is a list
# Lists what may be reached and then notes each arrival: its place in that list, and whether it shows.
WATCH = """() => {
    const choice = "a[href], button, input, select, textarea, summary, [tabindex], audio[controls], iframe";
    const isReached = (each) => each.tabIndex >= 0 && !each.disabled && each.type !== "hidden"
        && each.checkVisibility({visibilityProperty: true}) && !each.closest("[inert]")
        && !(each.type === "radio" && first(each) !== each);
    const first = (radio) => {
        const group = [...document.getElementsByName(radio.name)];
        return group.find((each) => each.checked) ?? group[0];
    };
    const name = (each) => each.outerHTML.slice(0, 120);
    const all = [...document.querySelectorAll(choice)].filter(isReached);
    const looks = (each) => {
        const style = getComputedStyle(each);
        return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.borderColor, style.backgroundColor,
            style.textDecorationLine].join();
    };
    const before = new Map(all.map((each) => [each, looks(each)]));
    const shows = (each) => {
        const style = getComputedStyle(each);
        const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
        return outlined || style.boxShadow !== "none" && looks(each) !== before.get(each);
    };
    const isUncovered = (each) => [...each.getClientRects()].some((box) => {
        const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        return top && (each.contains(top) || top.contains(each) || top.closest("label")?.control === each);
    });
    window.reached = [];
    window.stillCovered = (place) => {
        all[place].focus();
        return new Promise((done) => setTimeout(() => done(!isUncovered(all[place])), 50));
    };
    document.addEventListener("focusin", ({target}) => {
        const arrival = [all.indexOf(target), name(target)];
        window.reached.push(arrival);
        if (!shows(target)) arrival.push("no visible focus");
        if (!isUncovered(target)) arrival.push("covered or off the screen");
    });
    return all.map(name);
}"""
BLUR = "document.activeElement.blur(); getSelection().collapse(document.body, 0)"


def by_keyboard(page: Page, has_skip_link: bool) -> list[str]:
    """What somebody who presses Tab from top to foot does not reach, not in order, or does not see."""
    page.evaluate(BLUR)  # a message or a field may have taken the focus
    expected = page.evaluate(WATCH)[:MOST]
    for _step in range(len(expected) + STOPS_IN_DATE * page.locator("input[type=date]").count()):
        page.keyboard.press("Tab")
    reached = [arrival_at(page, *each) for each in page.evaluate("window.reached")[: len(expected)]]
    return faults_of(reached, expected) + (skipping(page) if has_skip_link else [])


def arrival_at(page: Page, place: int, name: str, *faults: str) -> list:
    """The arrival, asked again where what was reached did not show: the browser may have been about to scroll."""
    if place >= 0 and COVERED in faults and not page.evaluate("place => window.stillCovered(place)", place):
        faults = tuple(fault for fault in faults if fault != COVERED)
    return [place, name, *faults]


def skipping(page: Page) -> list[str]:
    """The first of all links leads past the menu."""
    first = page.locator("a[href]").first
    first.focus()
    page.keyboard.press("Enter")
    return [] if page.evaluate("document.activeElement.id") == "content" else ["no link past the menu"]


def faults_of(reached: list[list], expected: list[str]) -> list[str]:
    """What differs from going through `expected` in its order."""
    faults = [f"{fault}: {name}" for _place, name, *found in reached for fault in found]
    places = [place for place, *_rest in reached]
    if places != list(range(len(expected))):
        missed = [name for place, name in enumerate(expected) if place not in places]
        strange = [name for place, name, *_rest in reached if place < 0]
        faults += [f"not reached by keyboard: {name}" for name in missed[:3]]
        faults += [f"reached, and nothing to do there: {name}" for name in strange[:3]]
        if not missed and not strange:
            faults.append(f"reached out of order: {places}")
    return faults

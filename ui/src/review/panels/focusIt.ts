/** For the first field of a form that a person has just opened: a stable `ref`, so that it takes the focus once. */
export const focusIt = (element: HTMLElement | null): void => element?.focus();

import { ThemeToggle } from "../../ThemeToggle";
import classes from "./Frame.module.css";
import { LanguageSelect } from "./LanguageSelect";

/** What belongs to the person: language and colours. */
export function Tools() {
  return (
    <div className={classes.tools}>
      <LanguageSelect />
      <ThemeToggle />
    </div>
  );
}

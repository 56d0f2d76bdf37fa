import { ThemeToggle } from "../../ThemeToggle";
import classes from "./Frame.module.css";
import { LanguageSelect } from "./LanguageSelect";
import { UserMenu } from "./UserMenu";

/** What belongs to the person: language, colours, and the account. */
export function Tools() {
  return (
    <div className={classes.tools}>
      <LanguageSelect />
      <ThemeToggle />
      <UserMenu />
    </div>
  );
}

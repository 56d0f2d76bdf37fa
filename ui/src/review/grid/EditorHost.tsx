import { useLayoutEffect, useRef } from "react";
import type { FieldInfo } from "../../api/types";
import { useStore } from "../../state/store";
import type { GridController } from "./controller";
import type { GridCore } from "./core";
import type { Editing, EditorProps } from "./editing";
import { DateEditor } from "./editors/DateEditor";
import classes from "./editors/Editors.module.css";
import { OptionEditor } from "./editors/OptionEditor";
import { TextEditor } from "./editors/TextEditor";
import type { GridEditors } from "./editors";
import { delimiterOf, optionsOf } from "./options";
import type { Place } from "./selection";

/** Between an editor and the edge of the window, in pixels. */
const MARGIN = 4;

interface Props {
  grid: GridController;
  editors: GridEditors;
  fields: readonly FieldInfo[];
}

/** The editor of the cell that is being edited, over that cell wherever it scrolls to. */
export function EditorHost({ grid, editors, fields }: Props) {
  const editing = useStore(grid.editing);
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { core } = grid;
    const element = host.current;
    if (!editing || !core || !element) return;
    const place = () => moveTo(element, core, editing.place);
    place();
    return core.onDrawn(place);
  }, [editing, grid]);
  if (!editing) return null;
  const field = fields.find(({ key }) => key === editing.placed.column.field);
  return (
    <div ref={host} className={classes.host} key={`${editing.row.row} ${editing.placed.column.id}`}>
      <Editor
        editing={editing}
        field={field}
        commit={(text, seen, after) => editors.commit(text, seen, after)}
        cancel={() => editors.cancel()}
      />
    </div>
  );
}

/** Over the cell, but within the window. A cell that was scrolled away takes its editor with it. */
function moveTo(element: HTMLElement, core: GridCore, place: Place): void {
  const { start, top, width, height } = core.box(place);
  const view = core.elements.view.getBoundingClientRect();
  element.style.minInlineSize = `${width}px`;
  element.style.minBlockSize = `${height}px`;
  const { offsetWidth, offsetHeight } = element;
  const left = core.rtl ? view.right - start - offsetWidth : view.left + start;
  const x = Math.max(MARGIN, Math.min(left, window.innerWidth - offsetWidth - MARGIN));
  const y = Math.min(view.top + top, window.innerHeight - offsetHeight - MARGIN);
  const gone = top + height < core.headHeight || top > view.height;
  element.style.opacity = gone ? "0" : "1";
  element.style.transform = `translate(${x}px, ${y}px)`;
}

function Editor({ field, ...props }: EditorProps & { field: FieldInfo | undefined }) {
  const { editing } = props;
  const { type } = editing.placed.column;
  const options = optionsOf(editing, field);
  if (type === "multi-select")
    return <OptionEditor {...props} options={options} custom={false} delimiter={delimiterOf(field)} />;
  if (options.length)
    return <OptionEditor {...props} options={options} custom={allowsAny(editing, field)} delimiter={null} />;
  if (type === "date") return <DateEditor {...props} />;
  return <TextEditor {...props} />;
}

/** Whether a text that is no option may stand in the cell. */
const allowsAny = (editing: Editing, field: FieldInfo | undefined): boolean =>
  field?.type !== "select" || (!editing.mark?.options && field.type_options.allowCustom === true);

import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { type RefObject, useEffect, useEffectEvent, useState } from "react";

const KIND = "headgate-field";

type Edge = "before" | "after";

/** Lets a row of a list be dragged to another place of it. `onDropped` hears from where to where. */
export function useDragged(
  row: RefObject<HTMLElement | null>,
  position: number,
  enabled: boolean,
  onDropped: (from: number, to: number) => void,
) {
  const [dragging, setDragging] = useState(false);
  const [edge, setEdge] = useState<Edge | undefined>();
  const drop = useEffectEvent((from: number, at: Edge | undefined) => {
    const behind = position + (at === "after" ? 1 : 0);
    const to = from < behind ? behind - 1 : behind;
    if (to !== from) onDropped(from, to);
  });

  useEffect(() => {
    const element = row.current;
    if (!element || !enabled) return;
    const edgeAt = (y: number): Edge => {
      const { top, height } = element.getBoundingClientRect();
      return y < top + height / 2 ? "before" : "after";
    };
    return combine(
      draggable({
        element,
        getInitialData: () => ({ kind: KIND, position }),
        onDragStart: () => setDragging(true),
        onDrop: () => setDragging(false),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data.kind === KIND,
        onDrag: ({ location }) => setEdge(edgeAt(location.current.input.clientY)),
        onDragLeave: () => setEdge(undefined),
        onDrop: ({ source, location }) => {
          setEdge(undefined);
          drop(Number(source.data.position), edgeAt(location.current.input.clientY));
        },
      }),
    );
  }, [row, position, enabled]);

  return { dragging, edge };
}

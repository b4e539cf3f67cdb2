/** What can be done with one of a list of things one named oneself: name it anew, remove it. */
import { Icon } from "../../kit/Icon.tsx";
import { dots, pen, trash } from "../../kit/icons.ts";
import { Menu } from "../../kit/Menu.tsx";
import { words } from "../language.ts";

export function ItemMenu({ name, onRename, onRemove }: { name: string; onRename: () => void; onRemove: () => void }) {
  const { settings, shell } = words();
  return (
    <Menu
      buttonClass="btn--icon btn--s"
      summary={
        <>
          <Icon of={dots} />
          <span class="vh">
            {shell.more} {name}
          </span>
        </>
      }
    >
      <button class="menu__item" type="button" onClick={onRename}>
        <Icon of={pen} />
        {settings.rename}
      </button>
      <button class="menu__item menu__item--danger" type="button" onClick={onRemove}>
        <Icon of={trash} />
        {settings.remove}
      </button>
    </Menu>
  );
}

import { Navigation as Group } from '@adminjs/design-system';
import { useCurrentAdmin } from 'adminjs';
import type { MouseEvent } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import type { NavigationSection } from '../panel/navigation';

/** The side bar: what there is for whoever is signed in, in its groups. */
export default function Navigation() {
  const [user] = useCurrentAdmin();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const sections = (user as { navigation?: readonly NavigationSection[] } | null)?.navigation ?? [];
  return (
    <>
      {sections.map(({ label, items }) => (
        <Group
          key={label}
          label={label}
          elements={items.map(({ label: name, icon, href }) => ({
            id: href,
            label: name,
            icon,
            href,
            isSelected: pathname === href || pathname.startsWith(`${href}/`),
            onClick: (event: MouseEvent) => {
              event.preventDefault();
              navigate(href);
            },
          }))}
        />
      ))}
    </>
  );
}

import { Switch as RadixSwitch } from 'radix-ui';
import { useId } from 'react';

interface SwitchProps {
  readonly label: string;
  readonly title?: string | undefined;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

export function Switch({ label, title, isOn, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-center gap-2 text-sm" title={title}>
      <RadixSwitch.Root
        id={id}
        checked={isOn}
        onCheckedChange={onChange}
        className="relative h-5 w-9 shrink-0 rounded-full border border-edge bg-well transition-colors data-[state=checked]:bg-ink"
      >
        <RadixSwitch.Thumb className="block size-3 translate-x-[3px] rounded-full bg-soft transition-transform data-[state=checked]:translate-x-[19px] data-[state=checked]:bg-paper" />
      </RadixSwitch.Root>
      <label htmlFor={id}>{label}</label>
    </div>
  );
}

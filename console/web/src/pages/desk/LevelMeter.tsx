import { Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { loudness } from '../../line/phases';
import classes from './desk.module.css';

const BETWEEN_LOOKS = 100;

/** Shows the current loudness of a track. It updates ten times a second without React. */
export function LevelMeter({ label, track }: { label: string; track: MediaStreamTrack | undefined }) {
  const meter = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const show = (level: number) => {
      meter.current?.setAttribute('aria-valuenow', String(level));
      bar.current?.style.setProperty('width', `${level}%`);
    };
    show(0);
    if (track === undefined) {
      return;
    }
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    const samples = new Float32Array(analyser.fftSize);
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    // A browser may require a click first.
    const wake = () => void context.resume().catch(() => undefined);
    wake();
    document.addEventListener('click', wake);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      show(loudness(samples));
    }, BETWEEN_LOOKS);
    return () => {
      clearInterval(timer);
      document.removeEventListener('click', wake);
      void context.close();
    };
  }, [track]);

  return (
    <div className={classes.level}>
      <Text size="sm">{label}</Text>
      <div ref={meter} className={classes.meter} role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={0}>
        <div ref={bar} />
      </div>
    </div>
  );
}

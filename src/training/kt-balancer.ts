import * as v from 'valibot';
import { InvalidArgumentError } from '../errors.js';
import { parseConfig } from '../networks/parse-config.js';
import { positive } from './resolve-config.js';

/** Settings of Eq. 8. */
export interface KtBalancerConfig {
  /** lambda_k, how fast k_t moves: 0.001, as in BEGAN and in Chou et al.'s self-adversarial training. */
  lambda: number;
  /** gamma, the share of l_real at which l_fake is held: 0.5. */
  gamma: number;
}

/** The values of BEGAN (Berthelot et al.); the paper gives none. */
export const ktDefaults: KtBalancerConfig = { lambda: 0.001, gamma: 0.5 };

export const ktSettings = v.strictObject({ lambda: positive, gamma: positive });

/**
 * k_t of Eq. 8: how strongly D2 pushes apart its reconstructions of predictions, so that neither it nor G2 wins. Starts
 * at 0 and stays within 0..1.
 *
 * @throws InvalidArgumentError when lambda or gamma is not a positive finite number, or for an unknown setting.
 * @example
 * const balancer = new KtBalancer();
 * const loss = heatmapDiscriminatorLoss(real, fake, balancer.k);
 * balancer.update(0.8, 0.3); // after both steps, with the batch's l_real and l_fake
 */
export class KtBalancer {
  /** k_t. */
  k = 0;
  readonly config: KtBalancerConfig;

  constructor(config: Partial<KtBalancerConfig> = {}) {
    this.config = parseConfig('KtBalancer', ktSettings, { ...ktDefaults, ...config });
  }

  /**
   * `k_{t+1} = k_t + lambda (gamma l_real - l_fake)`, clipped to 0..1.
   *
   * @throws InvalidArgumentError for a loss that is NaN or infinite: k_t would be NaN ever after.
   */
  update(real: number, fake: number): void {
    if (!(Number.isFinite(real) && Number.isFinite(fake))) {
      throw new InvalidArgumentError(`k_t needs two finite losses, not ${real} and ${fake}: skip this batch.`);
    }
    const { lambda, gamma } = this.config;
    this.k = Math.min(1, Math.max(0, this.k + lambda * (gamma * real - fake)));
  }

  /** BEGAN's measure of convergence, `M = l_real + |gamma l_real - l_fake|`: lower is better. */
  convergence(real: number, fake: number): number {
    return real + Math.abs(this.config.gamma * real - fake);
  }
}

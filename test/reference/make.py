"""Makes every fixture, or the named ones: python test/reference/make.py [golden wrn_steps ...]"""

import os
import subprocess
import sys
from pathlib import Path

SCRIPTS = ["golden", "sharpness", "wrn_steps", "nn_modules", "nn_more", "nn_gaps", "optim_steps", "optim_more", "optim_gaps", "python_states", "swa", "samplers", "extras", "ops", "indexing", "autograd", "autograd_more", "signatures", "public_names", "jit_resnet", "jit_values", "state_dict", "io", "print"]

if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    environment = {**os.environ, "PYTHONHASHSEED": "0"}  # TorchScript writes constants in the order of a set
    for name in sys.argv[1:] or SCRIPTS:
        done = subprocess.run([sys.executable, "-W", "ignore", "-X", "faulthandler", f"{name}.py"], cwd=here, env=environment)
        if done.returncode:
            sys.exit(f"{name}.py failed with status {done.returncode}")

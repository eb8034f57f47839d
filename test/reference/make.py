"""Makes every fixture, or the named ones: python test/reference/make.py [golden wrn_steps ...]"""

import os
import runpy
import sys
from pathlib import Path

HERE = Path(__file__).parent
SCRIPTS = ["golden", "wrn_steps", "nn_modules", "nn_more", "optim_steps", "optim_more", "ops", "indexing", "autograd", "jit_resnet", "state_dict", "io", "print"]

if __name__ == "__main__":
    if os.environ.get("PYTHONHASHSEED") != "0":  # TorchScript writes constants in the order of a set
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PYTHONHASHSEED": "0"})
    sys.path.insert(0, str(HERE))
    for name in sys.argv[1:] or SCRIPTS:
        runpy.run_path(str(HERE / f"{name}.py"), run_name="__main__")

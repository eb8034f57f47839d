"""Makes every fixture, or the named ones: python test/reference/make.py [golden wrn_steps ...]"""

import runpy
import sys
from pathlib import Path

HERE = Path(__file__).parent
SCRIPTS = ["golden", "wrn_steps", "nn_modules", "nn_more", "optim_steps", "optim_more", "ops", "indexing", "autograd", "io", "print"]

if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    for name in sys.argv[1:] or SCRIPTS:
        runpy.run_path(str(HERE / f"{name}.py"), run_name="__main__")

# Only a door: node-gyp and prebuildify come in here; `sam-torch build` finds LibTorch and lets CMakeLists.txt do the work.
{
  "targets": [
    {
      "target_name": "sam_torch",
      "type": "none",
      "actions": [
        {
          "action_name": "build",
          "inputs": ["CMakeLists.txt"],
          "outputs": ["<(module_root_dir)/build/Release/sam_torch.node"],
          "action": ["<!(node -p process.execPath)", "<(module_root_dir)/dist/cli/main.js", "build", "--strict"]
        }
      ]
    }
  ]
}

# Only a door: node-gyp, node-gyp-build and prebuildify come in here, CMakeLists.txt does the work.
{
  "targets": [
    {
      "target_name": "sam_torch",
      "type": "none",
      "actions": [
        {
          "action_name": "cmake",
          "inputs": ["CMakeLists.txt"],
          "outputs": ["<(module_root_dir)/build/Release/sam_torch.node"],
          "action": ["<!(node -p process.execPath)", "<!(node -p \"require.resolve('cmake-js/bin/cmake-js')\")", "compile", "--directory", "<(module_root_dir)"]
        }
      ]
    }
  ]
}
